package dev.runyard.webapp.api.run;

import dev.runyard.webapp.api.shared.JsonText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/// Payloads and outputs as the run object shows them: plain JSON, whatever type they are stored with.
@Component
class RunTexts {
    private static final String SUPER_JSON = "application/super+json";
    private static final String TEXT = "text/plain";
    private static final String STORE = "application/store";

    private final JsonText text;
    private final JsonMapper json;

    RunTexts(JsonText text, JsonMapper json) {
        this.text = text;
        this.json = json;
    }

    @Nullable
    RawValue decode(@Nullable String stored, @Nullable String type) {
        if (stored == null || STORE.equals(type)) {
            return null;
        }
        if (TEXT.equals(type) || !text.isValid(stored)) {
            return new RawValue(json.writeValueAsString(stored));
        }
        if (SUPER_JSON.equals(type)) {
            return text.memberText(stored, "json").map(RawValue::new).orElse(null);
        }
        return new RawValue(stored);
    }
}
