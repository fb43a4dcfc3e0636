package dev.runyard.webapp.relay;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.api.shared.ErrorResponses;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.CallerAuthentication;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Person;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Turns `/api/dashboard/v1/environments/{environment}/api/…` into the call `/api/…` of the public API, made by the
/// person who is signed in, with what their role permits. Everything that the public API checks it checks here too.
///
/// Only the routes that pages need are relayed; none of them answers with a secret.
final class RelayToPublicApi extends OncePerRequestFilter {
    private static final Pattern ADDRESS = Pattern.compile("/api/dashboard/v1/environments/([^/]+)(/api/.*)");
    private static final Pattern RELAYED = Pattern.compile("/api/v[123]/"
            + "(?:runs|tasks|batches|queues|schedules|deployments|bulk-actions)(?:/.*)?"
            + "|/api/v1/waitpoints/tokens(?:/[^/]+(?:/complete)?)?"
            + "|/api/v1/projects/[^/]+/envvars/.+");

    private final Memberships memberships;
    private final ErrorResponses errors;

    RelayToPublicApi(Memberships memberships, ErrorResponses errors) {
        this.memberships = memberships;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher address = ADDRESS.matcher(request.getRequestURI());
        if (!address.matches()) {
            chain.doFilter(request, response);
            return;
        }
        String path = address.group(2);
        Optional<ApiCaller> caller = user().flatMap(user -> caller(user, address.group(1)));
        if (caller.isEmpty()) {
            errors.write(response, HttpStatus.NOT_FOUND, "There is no such environment.");
        } else if (!RELAYED.matcher(path).matches()) {
            errors.write(response, HttpStatus.NOT_FOUND, "Not found");
        } else {
            CallerAuthentication.set(caller.get(), Credential.KEY);
            chain.doFilter(new RelayedRequest(request, path), response);
        }
    }

    private Optional<ApiCaller> caller(SignedInUser user, String id) {
        return parse(id)
                .flatMap(environment -> memberships.find(user.id(), environment))
                .flatMap(environment -> caller(user, environment));
    }

    private Optional<ApiCaller> caller(SignedInUser user, TenantEnvironment environment) {
        Optional<Role> role = memberships.role(user.id(), environment);
        Person person = new Person(user.id(), user.email(), user.name());
        return role.map(found -> ApiCaller.signedIn(person, found, environment));
    }

    private static Optional<SignedInUser> user() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedInUser user
                ? Optional.of(user)
                : Optional.empty();
    }

    private static Optional<EnvironmentId> parse(String text) {
        try {
            return Optional.of(EnvironmentId.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
