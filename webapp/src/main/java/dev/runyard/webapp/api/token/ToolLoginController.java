package dev.runyard.webapp.api.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.tenant.AuthorizationCodes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// How a command line signs in: it gets a code, its user confirms the code in the dashboard, it fetches a token.
@RestController
@Permit(to = Credential.NONE)
class ToolLoginController {
    private static final int MAX_BODY = 4_096;
    private static final int SHOWN = 4;

    private final AuthorizationCodes codes;
    private final JsonBody bodies;
    private final AppProperties app;

    ToolLoginController(AuthorizationCodes codes, JsonBody bodies, AppProperties app) {
        this.codes = codes;
        this.bodies = bodies;
        this.app = app;
    }

    /// @param authorizationCode what the token is fetched with
    /// @param url where its user confirms it
    record Code(String authorizationCode, String url) {}

    /// @param authorizationCode as it was given
    record TokenRequest(@Nullable String authorizationCode) {}

    /// @param token the personal token
    /// @param obfuscatedToken how it may be shown
    record Token(String token, String obfuscatedToken) {}

    @Accepts(Void.class)
    @PostMapping("/api/v1/authorization-code")
    Code begin() {
        String code = codes.create();
        return new Code(code, app.url() + "/account/authorization-code/" + code);
    }

    /// The member `token` is null until the code is confirmed; the official tool asks again then.
    @Accepts(TokenRequest.class)
    @PostMapping("/api/v1/token")
    Answer fetch(HttpServletRequest request) throws IOException {
        String code = bodies.read(request, MAX_BODY, TokenRequest.class).authorizationCode();
        if (code == null || code.isBlank()) {
            throw ApiException.invalidBody("authorizationCode", "is missing");
        }
        return new Answer(codes.redeem(code)
                .map(token -> new Token(
                        token.value(),
                        "tr_pat_****" + token.value().substring(token.value().length() - SHOWN)))
                .orElse(null));
    }

    /// @param token null until the code is confirmed
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(@Nullable Token token) {}
}
