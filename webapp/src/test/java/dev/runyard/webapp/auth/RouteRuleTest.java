package dev.runyard.webapp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// What a route must say about its callers.
class RouteRuleTest {
    private final Routes routes =
            new Routes(new StaticListableBeanFactory().getBeanProvider(RequestMappingHandlerMapping.class));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "undeclared      | has no @Permit",
                "withoutScope    | takes callers with scopes but names none",
                "wrongVariable   | has no path variable task",
                "nonsense        | which is not action:type",
                "nobody          | permits nobody",
                "openAndClosed   | asks for no credential and for one",
            })
    void aRouteWithoutASoundDeclarationStopsTheStart(String handler, String problem) {
        assertThatThrownBy(() -> read(handler))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Every route must say who may call it")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"sound", "anyScope", "decides", "open"})
    void aSoundDeclarationIsTaken(String handler) {
        assertThatCode(() -> read(handler)).doesNotThrowAnyException();
        assertThat(routes.all()).singleElement().satisfies(route -> {
            assertThat(route).hasToString("GET /things/{run}");
            assertThat(route.variables()).containsExactly("run");
        });
    }

    @Test
    void aMethodGoesBeforeItsClass() {
        assertThat(RouteRule.of(handler("anyScope")).orElseThrow().callers()).isEqualTo(Set.of(Credential.KEY));
        assertThat(RouteRule.of(new HandlerMethod(new Dashboard(), method(Dashboard.class, "page")))
                        .orElseThrow()
                        .callers())
                .isEqualTo(Set.of(Credential.SESSION));
    }

    @Test
    void scopesAreFilledWithPathVariables() {
        RouteRule rule = RouteRule.of(handler("sound")).orElseThrow();

        assertThat(rule.demands(Map.of("run", "a:b$1")))
                .containsExactly(
                        new RouteRule.Demand("read", Resource.of("runs", "a:b$1")),
                        new RouteRule.Demand("read", Resource.all("queues")));
    }

    private void read(String name) {
        routes.read(Map.of(
                RequestMappingInfo.paths("/things/{run}")
                        .methods(org.springframework.web.bind.annotation.RequestMethod.GET)
                        .build(),
                handler(name)));
    }

    private static HandlerMethod handler(String name) {
        return new HandlerMethod(new Handlers(), method(Handlers.class, name));
    }

    private static Method method(Class<?> type, String name) {
        try {
            return type.getDeclaredMethod(name);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Permit(to = Credential.SESSION)
    static class Dashboard {
        void page() {}
    }

    static class Handlers {
        void undeclared() {}

        @Permit(to = Credential.KEY)
        void withoutScope() {}

        @Permit(to = Credential.KEY, scopes = "read:tasks:{task}")
        void wrongVariable() {}

        @Permit(to = Credential.PUBLIC_TOKEN, scopes = "nonsense")
        void nonsense() {}

        @Permit(to = {})
        void nobody() {}

        @Permit(to = {Credential.NONE, Credential.RUN})
        void openAndClosed() {}

        @Permit(
                to = {Credential.KEY, Credential.PUBLIC_TOKEN},
                scopes = {"read:runs:{run}", "read:queues"})
        void sound() {}

        @Permit(to = Credential.KEY, anyScope = true)
        void anyScope() {}

        @Permit(to = Credential.KEY, handlerDecides = true)
        void decides() {}

        @Permit(to = Credential.NONE)
        void open() {}
    }
}
