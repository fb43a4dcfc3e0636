package dev.runyard.webapp.session.oidc;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/// Reads what a provider says of a person. The token that it signed goes before what else it says.
final class ProviderClaims {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@\\p{Cc}]{1,64}@[^\\s@\\p{Cc}]{1,255}");
    private static final int LONGEST_NAME = 200;

    private ProviderClaims() {}

    static Optional<String> email(OidcUser user, String claim) {
        return Optional.ofNullable(user.getClaims().get(claim))
                .map(value -> value.toString().strip())
                .filter(value -> ADDRESS.matcher(value).matches());
    }

    /// Some providers write truth as text.
    static boolean isTrue(OidcUser user, String claim) {
        Object value = user.getClaims().get(claim);
        return Boolean.TRUE.equals(value) || "true".equals(value);
    }

    static String name(OidcUser user) {
        Object name = user.getClaims().get("name");
        String text =
                name == null ? "" : name.toString().replaceAll("\\p{Cc}+", " ").strip();
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
    }
}
