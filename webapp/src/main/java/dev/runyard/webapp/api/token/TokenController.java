package dev.runyard.webapp.api.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.Answers;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.PublicTokens;
import dev.runyard.webapp.auth.PublicTokens.Realtime;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Public tokens that the holder of a key asks for.
@RestController
class TokenController {
    private static final int MAX_BODY = 65_536;
    private static final Duration PUBLIC_TOKEN_LIFETIME = Duration.ofMinutes(15);

    private final PublicTokens tokens;
    private final IssueToken issueToken;
    private final JsonBody bodies;
    private final InstantSource clock;

    TokenController(PublicTokens tokens, IssueToken issueToken, JsonBody bodies, InstantSource clock) {
        this.tokens = tokens;
        this.issueToken = issueToken;
        this.bodies = bodies;
        this.clock = clock;
    }

    /// @param scopes what the token permits
    /// @param expirationTime seconds since 1970, or a span
    /// @param oneTimeUse whether it may be used once only
    /// @param realtime what its subscriptions leave out
    record PublicTokenRequest(
            @Nullable List<String> scopes,
            @Nullable Object expirationTime,
            @Nullable Boolean oneTimeUse,
            @Nullable Realtime realtime) {}

    /// @param error why it was refused
    /// @param code kind of refusal
    /// @param deniedScopes those that the key does not have
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Exceeded(String error, String code, List<String> deniedScopes) {}

    /// The claims that the official client completes and signs by itself.
    @Permit(to = Credential.KEY, anyScope = true)
    @Accepts(Void.class)
    @PostMapping("/api/v1/auth/jwt/claims")
    Map<String, Object> claims(@AuthenticationPrincipal ApiCaller caller) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", caller.environmentId().toString());
        claims.put("pub", true);
        return claims;
    }

    @Permit(to = Credential.KEY, anyScope = true)
    @Accepts(value = IssueToken.JwtRequest.class, optional = true)
    @Answers(IssueToken.Token.class)
    @PostMapping("/api/v1/auth/jwt")
    ResponseEntity<?> jwt(@AuthenticationPrincipal ApiCaller caller, HttpServletRequest request) throws IOException {
        return signed(caller, issueToken.order(request));
    }

    @Permit(to = Credential.KEY, anyScope = true)
    @Accepts(PublicTokenRequest.class)
    @Answers(IssueToken.Token.class)
    @PostMapping("/api/v1/auth/public-tokens")
    ResponseEntity<?> publicToken(@AuthenticationPrincipal ApiCaller caller, HttpServletRequest request)
            throws IOException {
        PublicTokenRequest body = bodies.read(request, MAX_BODY, PublicTokenRequest.class);
        List<String> scopes = IssueToken.sound("scopes", body.scopes());
        if (scopes.isEmpty()) {
            throw ApiException.invalidBody("scopes", "must have at least one scope, such as read:runs");
        }
        return signed(
                caller,
                new PublicTokens.Order(
                        scopes,
                        Expiry.read(body.expirationTime(), PUBLIC_TOKEN_LIFETIME, clock.instant()),
                        Boolean.TRUE.equals(body.oneTimeUse()),
                        body.realtime()));
    }

    private ResponseEntity<?> signed(ApiCaller caller, PublicTokens.Order order) {
        List<String> denied = caller.exceeding(order.scopes());
        return denied.isEmpty()
                ? ResponseEntity.ok(new IssueToken.Token(tokens.sign(caller.environment(), order)))
                : ResponseEntity.status(HttpStatus.FORBIDDEN)
                        .header("x-should-retry", "false")
                        .body(new Exceeded(
                                "The key may not pass on: " + String.join(", ", denied),
                                "scopes_exceed_key_access",
                                denied));
    }
}
