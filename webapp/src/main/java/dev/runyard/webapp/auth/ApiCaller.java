package dev.runyard.webapp.auth;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.tenant.Hashes;
import dev.runyard.webapp.tenant.Person;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Who calls the public API.
///
/// @param environment the environment that the call is about
/// @param access by what right
public record ApiCaller(TenantEnvironment environment, Access access) implements Caller {
    /// Actions that the scope of `write` implies.
    private static final Set<String> WRITES = Set.of("trigger", "batchTrigger", "update");

    /// By what right a caller calls.
    public sealed interface Access {
        /// The environment's secret key: everything.
        record SecretKey() implements Access {}

        /// An additional key: what its scopes say.
        ///
        /// @param scopes what it permits
        record RestrictedKey(List<Scope> scopes) implements Access {}

        /// A public token: what its scopes say.
        ///
        /// @param token as it came
        /// @param scopes what it permits
        /// @param claims what it says
        record PublicToken(String token, List<Scope> scopes, PublicTokens.Claims claims) implements Access {
            /// Returns the hash under which uses of the token are noted.
            public byte[] hash() {
                return Hashes.sha256(token);
            }

            @Override
            public String toString() {
                return "PublicToken" + scopes;
            }
        }

        /// A person at the dashboard: what their role says.
        ///
        /// @param person who
        /// @param scopes what their role permits
        record SignedIn(Person person, List<Scope> scopes) implements Access {}
    }

    /// A person at the dashboard who acts on an environment.
    public static ApiCaller signedIn(Person person, Role role, TenantEnvironment environment) {
        return new ApiCaller(environment, new Access.SignedIn(person, RoleScopes.of(role)));
    }

    /// Returns the id of the environment that the call is about.
    public EnvironmentId environmentId() {
        return environment.id();
    }

    /// Returns what of the scopes the caller cannot pass on, because it has no more itself.
    public List<String> exceeding(List<String> scopes) {
        return scopes.stream()
                .filter(text -> Scope.parse(text)
                        .map(scope -> !may(scope.action(), new Resource(scope.type(), scope.id())))
                        .orElse(false))
                .toList();
    }

    /// Tells whether the caller may act on any of the resources.
    public boolean mayAny(String action, Resource... resources) {
        return Arrays.stream(resources).anyMatch(resource -> may(action, resource));
    }

    /// Tells whether the caller may act on a resource.
    public boolean may(String action, Resource resource) {
        return switch (access) {
            case Access.SecretKey _ -> true;
            case Access.RestrictedKey(List<Scope> scopes) -> isPermitted(scopes, action, resource);
            case Access.PublicToken token -> isPermitted(token.scopes(), action, resource);
            case Access.SignedIn person -> isPermitted(person.scopes(), action, resource);
        };
    }

    /// Throws where the caller may not act on any of the resources.
    public void require(String action, Resource... resources) {
        if (!mayAny(action, resources)) {
            throw ApiException.notPermitted();
        }
    }

    private static boolean isPermitted(List<Scope> scopes, String action, Resource resource) {
        return permits(scopes, action, resource) || (WRITES.contains(action) && permits(scopes, "write", resource));
    }

    private static boolean permits(List<Scope> scopes, String action, Resource resource) {
        return scopes.stream().anyMatch(scope -> scope.permits(action, resource));
    }
}
