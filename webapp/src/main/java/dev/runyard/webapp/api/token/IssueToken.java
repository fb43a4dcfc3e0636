package dev.runyard.webapp.api.token;

import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.auth.PublicTokens;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads the order of a public token, and fills it for a person.
@Component
public class IssueToken {
    private static final int MAX_BODY = 65_536;
    private static final int MAX_SCOPES = 500;
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final PublicTokens tokens;
    private final JsonBody bodies;
    private final InstantSource clock;

    IssueToken(PublicTokens tokens, JsonBody bodies, InstantSource clock) {
        this.tokens = tokens;
        this.bodies = bodies;
        this.clock = clock;
    }

    /// @param token the signed token
    public record Token(String token) {}

    /// @param claims what the token says
    /// @param expirationTime seconds since 1970, or a span
    public record JwtRequest(
            @Nullable RequestedClaims claims, @Nullable Object expirationTime) {}

    /// @param scopes what the token permits
    public record RequestedClaims(@Nullable List<String> scopes) {}

    /// Makes the token that a person's tool asks for.
    public Token forPerson(TenantEnvironment environment, HttpServletRequest request) throws IOException {
        return new Token(tokens.sign(environment, order(request)));
    }

    PublicTokens.Order order(HttpServletRequest request) throws IOException {
        JwtRequest body = bodies.readOptional(request, MAX_BODY, JwtRequest.class);
        List<String> scopes = body.claims() == null
                ? List.of()
                : sound("claims.scopes", body.claims().scopes());
        return new PublicTokens.Order(
                scopes, Expiry.read(body.expirationTime(), LIFETIME, clock.instant()), false, null);
    }

    static List<String> sound(String path, @Nullable List<String> scopes) {
        List<String> given = Objects.requireNonNullElse(scopes, List.of());
        if (given.size() > MAX_SCOPES) {
            throw ApiException.invalidBody(path, "has more than " + MAX_SCOPES + " scopes");
        }
        if (given.stream().anyMatch(scope -> scope == null || scope.isBlank())) {
            throw ApiException.invalidBody(path, "must hold texts such as read:runs");
        }
        return given;
    }
}
