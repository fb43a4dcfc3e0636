package dev.runyard.webapp.api.waitpoint;

import dev.runyard.engine.waitpoint.WaitpointOutput;
import dev.runyard.webapp.api.shared.JsonText;
import dev.runyard.webapp.api.shared.StorableText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Turns what a caller completes a token with into what the waiting run gets: texts stay texts, everything else is
/// wrapped as the clients write their own values.
@Component
class TokenOutput {
    private final JsonText text;
    private final JsonMapper json;

    TokenOutput(JsonText text, JsonMapper json) {
        this.text = text;
        this.json = json;
    }

    /// Reads the member `data` of a body.
    WaitpointOutput ofMember(String body) {
        return text.memberText(body, "data").map(this::of).orElse(WaitpointOutput.NONE);
    }

    /// Reads a whole body; one that is no JSON counts as an empty object.
    WaitpointOutput ofBody(String body) {
        return of(text.isValid(body) ? body.strip() : "{}");
    }

    private WaitpointOutput of(String data) {
        String string = data.startsWith("\"") ? json.readValue(data, String.class) : null;
        return string == null ? wrapped(data) : plain(string);
    }

    private static WaitpointOutput plain(@Nullable String string) {
        return WaitpointOutput.success(string == null ? null : StorableText.check("data", string), "text/plain");
    }

    private static WaitpointOutput wrapped(String data) {
        return WaitpointOutput.success("{\"json\":" + data + "}", "application/super+json");
    }
}
