package dev.runyard.webapp.session.oidc;

import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.config.WrongSettingException;
import dev.runyard.webapp.tenant.Role;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which identity provider people may sign in by. Nothing is offered where no issuer is set.
///
/// @param issuer the provider's name for itself, below which it describes itself
/// @param clientId how the provider knows this server
/// @param clientSecret what proves it
/// @param scopes what is asked for; `openid` always is
/// @param label what the button says
/// @param emailClaim the claim that holds the address
/// @param verifiedClaim the claim that says whether the provider has verified that address
/// @param allowedDomains where addresses must be; none for anywhere
/// @param newAccounts whether people get an account whom nobody invited
/// @param timeout longest wait for an answer of the provider
/// @param attemptLifetime how long somebody may stay at the provider
/// @param metadataLifetime how long the provider's description of itself is believed
@ConfigurationProperties("runyard.oidc")
record OidcProperties(
        @Nullable String issuer,
        @Nullable String clientId,
        @Nullable Secret clientSecret,
        @DefaultValue({"openid", "email", "profile"}) List<String> scopes,
        @DefaultValue("Single sign-on") String label,
        @DefaultValue("email") String emailClaim,
        @DefaultValue("email_verified") String verifiedClaim,
        @DefaultValue List<String> allowedDomains,
        @DefaultValue NewAccounts newAccounts,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("10m") Duration attemptLifetime,
        @DefaultValue("1h") Duration metadataLifetime) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");

    /// Accounts for people whom nobody invited. Without a role there are none.
    ///
    /// @param role what they may do
    /// @param organization which one they join, by its slug or id
    record NewAccounts(@Nullable Role role, @Nullable String organization) {
        NewAccounts {
            organization = filled(organization);
        }
    }

    OidcProperties {
        issuer = filled(issuer);
        clientId = filled(clientId);
        clientSecret = clientSecret == null || filled(clientSecret.value()) == null ? null : clientSecret;
        scopes = withOpenId(scopes);
        label = label.isBlank() ? "Single sign-on" : label.strip();
        allowedDomains = allowedDomains.stream()
                .map(domain -> domain.strip().toLowerCase(Locale.ROOT).replaceFirst("^@", ""))
                .filter(domain -> !domain.isEmpty())
                .toList();
        boolean isWanted = Stream.of(issuer, clientId, clientSecret, newAccounts.role(), newAccounts.organization())
                        .anyMatch(Objects::nonNull)
                || !allowedDomains.isEmpty();
        List<String> missing = missing(issuer, clientId, clientSecret, newAccounts);
        if (isWanted && !missing.isEmpty()) {
            throw new WrongSettingException(
                    "Sign-in by an identity provider is set up in part only. Missing: " + String.join(", ", missing),
                    "Set what is missing, or remove the other settings below runyard.oidc.");
        }
        if (issuer != null) {
            checkIssuer(issuer);
        }
        Stream.of(timeout, attemptLifetime, metadataLifetime).forEach(OidcProperties::checkDuration);
    }

    /// Tells whether people may sign in this way.
    boolean isOffered() {
        return issuer != null;
    }

    /// Tells whether an address is where addresses must be.
    boolean allows(String email) {
        String domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return allowedDomains.isEmpty() || allowedDomains.contains(domain);
    }

    private static List<String> missing(
            @Nullable String issuer,
            @Nullable String clientId,
            @Nullable Secret clientSecret,
            NewAccounts newAccounts) {
        List<String> missing = new ArrayList<>();
        if (issuer == null) {
            missing.add("runyard.oidc.issuer");
        }
        if (clientId == null) {
            missing.add("runyard.oidc.client-id");
        }
        if (clientSecret == null) {
            missing.add("runyard.oidc.client-secret");
        }
        if (newAccounts.role() != null && newAccounts.organization() == null) {
            missing.add("runyard.oidc.new-accounts.organization");
        }
        if (newAccounts.role() == null && newAccounts.organization() != null) {
            missing.add("runyard.oidc.new-accounts.role");
        }
        return missing;
    }

    private static void checkDuration(Duration duration) {
        if (!duration.isPositive()) {
            throw new WrongSettingException(
                    "runyard.oidc.timeout, attempt-lifetime and metadata-lifetime must be more than 0, not " + duration,
                    "Write them such as 10s, 10m or 1h.");
        }
    }

    /// The client's secret and people's codes go there, so only a server that can prove its name will do.
    private static void checkIssuer(String issuer) {
        URI uri;
        try {
            uri = URI.create(issuer);
        } catch (IllegalArgumentException _) {
            throw wrongIssuer(issuer);
        }
        boolean isLocal =
                uri.getHost() != null && LOOPBACK.matcher(uri.getHost()).matches();
        boolean isSafe = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLocal);
        if (uri.getHost() == null || !isSafe || uri.getQuery() != null || uri.getFragment() != null) {
            throw wrongIssuer(issuer);
        }
    }

    private static WrongSettingException wrongIssuer(String issuer) {
        return new WrongSettingException(
                "runyard.oidc.issuer must be a URL with https and without query, such as https://login.example.com,"
                        + " not '" + issuer + "'",
                "Copy the issuer from the provider's description; http is taken for this machine alone.");
    }

    private static List<String> withOpenId(List<String> scopes) {
        Set<String> all = new LinkedHashSet<>(List.of("openid"));
        scopes.stream().map(String::strip).filter(scope -> !scope.isEmpty()).forEach(all::add);
        return List.copyOf(all);
    }

    /// A variable that is set to nothing, as compose files do, counts as not set.
    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
