package dev.runyard.webapp.session.oidc;

import dev.runyard.webapp.session.SignInByProvider;
import dev.runyard.webapp.session.SignInByProvider.NewAccount;
import dev.runyard.webapp.session.SignInByProvider.Person;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/// Takes back a browser that was at the identity provider, and signs in whom the provider names.
@Component
class ReturnFromProvider {
    private final FindProvider providers;
    private final OidcAttemptRepository attempts;
    private final SignInByProvider signIn;
    private final Projects projects;
    private final OidcProperties properties;
    private final InstantSource clock;

    ReturnFromProvider(
            FindProvider providers,
            OidcAttemptRepository attempts,
            SignInByProvider signIn,
            Projects projects,
            OidcProperties properties,
            InstantSource clock) {
        this.providers = providers;
        this.attempts = attempts;
        this.signIn = signIn;
        this.projects = projects;
        this.properties = properties;
        this.clock = clock;
    }

    /// What the provider made the browser say.
    ///
    /// @param state what this server gave along
    /// @param code redeems the identity
    /// @param error why there is none
    record Answer(
            @Nullable String state,
            @Nullable String code,
            @Nullable String error) {
        @Override
        public String toString() {
            return "Answer[***]";
        }
    }

    /// @param cookie the new session's
    /// @param path page to show
    record Arrival(String cookie, String path) {}

    Arrival arrive(Answer answer, HttpServletRequest request) {
        AttemptSecret secret = AttemptCookie.read(request)
                .filter(held -> isStateOf(held, answer.state()))
                .orElseThrow(() -> new RefusedSignInException(Refusal.STALE, "state and cookie do not fit"));
        String path = attempts.use(secret, clock.instant())
                .orElseThrow(() -> new RefusedSignInException(Refusal.STALE, "the state is used or too old"));
        OidcUser user = redeem(secret, code(answer));
        Person person = person(user, request);
        String cookie = signIn.signIn(person, newAccount(), request)
                .orElseThrow(() -> new RefusedSignInException(
                        Refusal.NO_ACCOUNT, person.email() + " has no account, or belongs to no organization"));
        return new Arrival(cookie, path);
    }

    private static boolean isStateOf(AttemptSecret secret, @Nullable String state) {
        return state != null
                && MessageDigest.isEqual(
                        secret.state().getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
    }

    private static String code(Answer answer) {
        if (answer.error() != null) {
            throw new RefusedSignInException(
                    answer.error().equals("access_denied") ? Refusal.DENIED : Refusal.PROVIDER_FAILED,
                    "the provider answered " + answer.error());
        }
        if (answer.code() == null || answer.code().isEmpty()) {
            throw new RefusedSignInException(Refusal.PROVIDER_FAILED, "the provider sent no code");
        }
        return answer.code();
    }

    private OidcUser redeem(AttemptSecret secret, String code) {
        Provider provider = providers.find();
        try {
            return provider.redeem(secret, code);
        } catch (RuntimeException e) {
            throw new RefusedSignInException(
                    isSilence(e) ? Refusal.PROVIDER_UNREACHABLE : Refusal.PROVIDER_FAILED,
                    "no identity for the code: " + e.getMessage(),
                    e);
        }
    }

    private static boolean isSilence(@Nullable Throwable cause) {
        return cause != null && (cause instanceof IOException || isSilence(cause.getCause()));
    }

    /// Only an address that the provider has verified is somebody's: else whoever types a colleague's address into
    /// their profile would get that colleague's account.
    private Person person(OidcUser user, HttpServletRequest request) {
        String email = ProviderClaims.email(user, properties.emailClaim())
                .orElseThrow(() -> new RefusedSignInException(
                        Refusal.EMAIL_MISSING, "the claim " + properties.emailClaim() + " holds no e-mail address"));
        if (!ProviderClaims.isTrue(user, properties.verifiedClaim())) {
            signIn.noteRefusal(email, request);
            throw new RefusedSignInException(
                    Refusal.EMAIL_NOT_VERIFIED, email + ": the claim " + properties.verifiedClaim() + " is not true");
        }
        if (!properties.allows(email)) {
            signIn.noteRefusal(email, request);
            throw new RefusedSignInException(
                    Refusal.OTHER_DOMAIN, email + " is in none of runyard.oidc.allowed-domains");
        }
        return new Person(email, ProviderClaims.name(user));
    }

    private @Nullable NewAccount newAccount() {
        Role role = properties.newAccounts().role();
        String organization = properties.newAccounts().organization();
        if (role == null || organization == null) {
            return null;
        }
        Optional<NewAccount> account =
                projects.organization(organization).map(found -> new NewAccount(found.id(), role));
        return account.orElseThrow(() -> new RefusedSignInException(
                Refusal.NO_ACCOUNT, "runyard.oidc.new-accounts.organization: there is no " + organization));
    }
}
