package dev.runyard.webapp.auth;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.tenant.BranchName;
import dev.runyard.webapp.tenant.OrganizationTokens;
import dev.runyard.webapp.tenant.PersonalTokens;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells who holds a credential of the public API, by its form: a personal token, a public token, or a key.
@Component
class RecognizeCaller {
    private static final List<String> OTHER_KINDS = List.of("tr_uat_", "pk_");

    private final TenantDirectory tenants;
    private final PublicTokens tokens;
    private final PersonalTokens personalTokens;
    private final OrganizationTokens organizationTokens;

    RecognizeCaller(
            TenantDirectory tenants,
            PublicTokens tokens,
            PersonalTokens personalTokens,
            OrganizationTokens organizationTokens) {
        this.tenants = tenants;
        this.tokens = tokens;
        this.personalTokens = personalTokens;
        this.organizationTokens = organizationTokens;
    }

    /// What a credential turned out to be.
    sealed interface Recognized {
        /// @param caller who holds it
        /// @param credential of which kind it is
        record Known(Caller caller, Credential credential) implements Recognized {}

        /// @param sentence why it is not taken
        record Refused(String sentence) implements Recognized {}
    }

    /// Tells whose a credential is.
    ///
    /// @param branch what the request names as its branch
    Recognized recognize(String credential, @Nullable String branch) {
        if (credential.startsWith(PersonalTokens.PREFIX)) {
            return personalTokens
                    .find(credential)
                    .<Recognized>map(person -> new Recognized.Known(new UserCaller(person), Credential.PERSONAL_TOKEN))
                    .orElseGet(() -> new Recognized.Refused("Invalid or Missing Access Token"));
        }
        if (credential.startsWith(OrganizationTokens.PREFIX)) {
            return organizationTokens
                    .find(credential)
                    .<Recognized>map(holder ->
                            new Recognized.Known(new OrganizationCaller(holder), Credential.ORGANIZATION_TOKEN))
                    .orElseGet(() -> new Recognized.Refused("Invalid or Missing Access Token"));
        }
        if (OTHER_KINDS.stream().anyMatch(credential::startsWith)) {
            return new Recognized.Refused("Invalid or Missing API key");
        }
        if (tokens.isPublicToken(credential)) {
            return switch (tokens.verify(credential)) {
                case PublicTokens.Verdict.Valid(TenantEnvironment environment, PublicTokens.Claims claims) ->
                    new Recognized.Known(
                            new ApiCaller(environment, publicAccess(credential, claims)), Credential.PUBLIC_TOKEN);
                case PublicTokens.Verdict.Refused(String sentence) -> new Recognized.Refused(sentence);
            };
        }
        return tenants.findByKey(credential)
                .map(key -> holder(key, branch))
                .orElseGet(() -> new Recognized.Refused("Invalid API key"));
    }

    /// The key of a preview environment opens the branch that the request names; that of a development environment may
    /// open one. The others have no branches, and what a hosting service names as its own does not matter to them.
    private Recognized holder(TenantDirectory.KnownKey key, @Nullable String branch) {
        ApiCaller.Access access = key.scopes() == null
                ? new ApiCaller.Access.SecretKey()
                : new ApiCaller.Access.RestrictedKey(parsed(key.scopes()));
        String named = branch == null ? "" : branch.strip();
        if (!key.environment().needsBranch()
                && (named.isEmpty() || !key.environment().hasBranch(named))) {
            return known(key.environment(), access);
        }
        if (named.isEmpty()) {
            return new Recognized.Refused("x-trigger-branch header required for preview env");
        }
        return BranchName.parse(named)
                .flatMap(name -> tenants.findBranch(key.environment().id(), name))
                .map(environment -> known(environment, access))
                .orElseGet(() -> new Recognized.Refused("No matching branch env"));
    }

    private static Recognized known(TenantEnvironment environment, ApiCaller.Access access) {
        return new Recognized.Known(new ApiCaller(environment, access), Credential.KEY);
    }

    private static ApiCaller.Access publicAccess(String token, PublicTokens.Claims claims) {
        List<Scope> scopes = parsed(Objects.requireNonNullElse(claims.scopes(), List.of()));
        return new ApiCaller.Access.PublicToken(token, scopes, claims);
    }

    private static List<Scope> parsed(List<String> scopes) {
        return scopes.stream()
                .filter(Objects::nonNull)
                .map(Scope::parse)
                .flatMap(Optional::stream)
                .toList();
    }
}
