package dev.runyard.webapp.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.auth.RouteRule;
import dev.runyard.webapp.auth.Routes;
import dev.runyard.webapp.auth.Routes.Route;
import dev.runyard.webapp.security.Callers.Caller;
import dev.runyard.webapp.security.Callers.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/// Every route that the server has × every kind of credential. The routes are the server's own list, so a new one is
/// part of the matrix by existing.
class AuthorizationMatrixTest extends WebappTest {
    private static final Map<Kind, Credential> CREDENTIALS = Map.of(
            Kind.KEY, Credential.KEY,
            Kind.LIMITED_KEY, Credential.KEY,
            Kind.PUBLIC_TOKEN, Credential.PUBLIC_TOKEN,
            Kind.EMPTY_PUBLIC_TOKEN, Credential.PUBLIC_TOKEN,
            Kind.PERSONAL_TOKEN, Credential.PERSONAL_TOKEN,
            Kind.ORGANIZATION_TOKEN, Credential.ORGANIZATION_TOKEN,
            Kind.WORKER, Credential.WORKER,
            Kind.RUN, Credential.RUN,
            Kind.SESSION, Credential.SESSION);

    @Autowired
    private ApplicationContext server;

    @Autowired
    private Routes routes;

    @Test
    void everyRouteTakesTheCredentialsThatItSaysAndNoOther() {
        Callers callers = new Callers(server, anonymous(), bootstrapFile("worker-token"));
        List<Caller> all = callers.all();
        List<String> wrong = new ArrayList<>();
        int cells = 0;
        for (Route route : routes.all()) {
            for (Caller caller : all) {
                // Its session ends by this call.
                Caller fresh = caller.kind() == Kind.SESSION && route.pattern().endsWith("/logout")
                        ? callers.session()
                        : caller;
                int status = call(route, fresh);
                cells++;
                if (!isRight(route.rule(), caller.kind(), status)) {
                    wrong.add(route + " with " + caller + " answered " + status);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(all.stream().map(Caller::name).distinct()).hasSizeGreaterThanOrEqualTo(30);
        assertThat(cells).isEqualTo(routes.all().size() * all.size()).isGreaterThan(1_000);
    }

    @Test
    void fewRoutesAreOpen() {
        Set<String> open = new TreeSet<>();
        routes.all().stream().filter(route -> route.rule().isOpen()).forEach(route -> open.add(route.toString()));

        assertThat(open)
                .containsExactlyInAnyOrder(
                        "* /error",
                        "GET /api/dashboard/v1/login/oidc",
                        "GET /api/dashboard/v1/login/oidc/callback",
                        "GET /api/dashboard/v1/login/options",
                        "GET /api/openapi.json",
                        "GET /api/v1/timezones",
                        "GET /health/live",
                        "GET /health/ready",
                        "GET /healthcheck",
                        "GET /packets/{environment}/{path}",
                        "POST /api/dashboard/v1/login",
                        "POST /api/dashboard/v1/login/mail",
                        "POST /api/v1/authorization-code",
                        "POST /api/v1/token",
                        "POST /api/v1/waitpoints/tokens/{id}/callback/{signature}",
                        "PUT /packets/{environment}/{path}");
    }

    private static int call(Route route, Caller caller) {
        String method = route.method().equals("*") ? "GET" : route.method();
        String path = route.pattern().replaceAll("\\{[^{}]*(\\{[^{}]*}[^{}]*)*}", "dev");
        return caller.http().send(method, path, "").status();
    }

    private static boolean isRight(RouteRule rule, Kind kind, int status) {
        if (status >= 500) {
            return false;
        }
        if (rule.callers().contains(Credential.SIGNED_ADDRESS)) {
            return status >= 400;
        }
        if (rule.callers().contains(Credential.NONE)) {
            return true;
        }
        Credential credential = CREDENTIALS.get(kind);
        if (credential == null || !rule.callers().contains(credential)) {
            // A change without a session lacks the proof of its page as well.
            return status == 401 || (status == 403 && rule.callers().contains(Credential.SESSION));
        }
        return switch (kind) {
            case LIMITED_KEY, EMPTY_PUBLIC_TOKEN -> isRightWithoutScope(rule, status);
            case KEY, PUBLIC_TOKEN -> status != 401 && status != 403;
            default -> status != 401;
        };
    }

    private static boolean isRightWithoutScope(RouteRule rule, int status) {
        if (rule.anyScope()) {
            return status != 401 && status != 403;
        }
        return rule.handlerDecides() ? status >= 400 && status != 401 : status == 403;
    }
}
