package dev.runyard.webapp.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/// A recognized caller in the form that Spring Security passes on; controllers get it by `@AuthenticationPrincipal`.
final class CallerAuthentication extends AbstractAuthenticationToken {
    static final String SECRET_KEY = "SECRET_KEY";
    static final String PUBLIC_TOKEN = "PUBLIC_TOKEN";
    static final String WORKER = "WORKER";
    static final String RUN = "RUN";

    private static final long serialVersionUID = 1L;

    private final transient Object caller;

    private CallerAuthentication(Object caller, String authority) {
        super(List.of(new SimpleGrantedAuthority(authority)));
        this.caller = caller;
        setAuthenticated(true);
    }

    /// Lets the rest of the request know who makes it.
    static void set(Object caller, String authority) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller, authority));
        SecurityContextHolder.setContext(context);
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
