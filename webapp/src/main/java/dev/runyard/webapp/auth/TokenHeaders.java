package dev.runyard.webapp.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Gives a caller the right to what it just made: the official client takes the token of the first header, older ones
/// sign the claims of the second themselves.
@Component
public class TokenHeaders {
    private final PublicTokens tokens;
    private final AuthProperties auth;
    private final JsonMapper json;

    TokenHeaders(PublicTokens tokens, AuthProperties auth, JsonMapper json) {
        this.tokens = tokens;
        this.auth = auth;
        this.json = json;
    }

    /// Adds the headers to an answer, with a token of the usual life.
    public ResponseEntity.BodyBuilder add(ResponseEntity.BodyBuilder answer, ApiCaller caller, List<String> scopes) {
        return add(answer, caller, scopes, auth.publicTokenLifetime());
    }

    /// Adds the headers to an answer.
    ///
    /// @param lifetime how long the token is valid
    public ResponseEntity.BodyBuilder add(
            ResponseEntity.BodyBuilder answer, ApiCaller caller, List<String> scopes, Duration lifetime) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", caller.environmentId().toString());
        claims.put("pub", true);
        claims.put("scopes", scopes);
        return answer.header("x-trigger-jwt", tokens.sign(caller.environment(), scopes, lifetime))
                .header("x-trigger-jwt-claims", json.writeValueAsString(claims));
    }
}
