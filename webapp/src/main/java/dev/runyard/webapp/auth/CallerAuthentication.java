package dev.runyard.webapp.auth;

import dev.runyard.webapp.access.Credential;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/// A recognized caller in the form that Spring Security passes on; controllers get it by `@AuthenticationPrincipal`.
public final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Object caller;
    private final Credential credential;

    private CallerAuthentication(Object caller, Credential credential) {
        super(List.of(new SimpleGrantedAuthority(credential.name())));
        this.caller = caller;
        this.credential = credential;
        setAuthenticated(true);
    }

    /// Lets the rest of the request know who makes it.
    public static void set(Object caller, Credential credential) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller, credential));
        SecurityContextHolder.setContext(context);
    }

    /// Returns who makes the request; empty where nobody was recognized.
    static Optional<CallerAuthentication> current() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    /// Who a call is counted for.
    ///
    /// @param key different for each
    /// @param isPublicToken whether it is a public token, of which anybody may have many
    public record Holder(String key, boolean isPublicToken) {}

    /// Returns who the request is counted for; empty where nobody was recognized.
    public static Optional<Holder> holder() {
        return current().map(CallerAuthentication::holderOf);
    }

    private static Holder holderOf(CallerAuthentication caller) {
        return switch (caller.caller) {
            case ApiCaller api
            when api.access() instanceof ApiCaller.Access.PublicToken token ->
                new Holder("token:" + HexFormat.of().formatHex(token.hash()), true);
            case ApiCaller api
            when api.access() instanceof ApiCaller.Access.SignedIn signedIn ->
                new Holder("person:" + signedIn.person().id(), false);
            case ApiCaller api -> new Holder("environment:" + api.environmentId(), false);
            case UserCaller user -> new Holder("person:" + user.person().id(), false);
            case OrganizationCaller machine ->
                new Holder("organization-token:" + machine.holder().id(), false);
            default -> new Holder(caller.credential + ":" + caller.caller, false);
        };
    }

    /// Returns by what the caller was recognized.
    Credential credential() {
        return credential;
    }

    @Override
    public Object getPrincipal() {
        return caller;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that && that.caller.equals(caller);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }
}
