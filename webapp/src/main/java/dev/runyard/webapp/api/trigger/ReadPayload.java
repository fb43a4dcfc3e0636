package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonText;
import dev.runyard.webapp.api.shared.JsonText.Member;
import dev.runyard.webapp.api.shared.StorableText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads the payload as text and its media type.
///
/// The official client sends its payload serialized, as a string; other callers send any JSON value. A string without a
/// type is JSON text where it is one, and otherwise just a string.
@Component
class ReadPayload {
    private static final String JSON = "application/json";
    private static final String SUPER_JSON = "application/super+json";
    private static final String TEXT = "text/plain";
    private static final String STORE = "application/store";
    private static final List<String> JSON_TYPES = List.of(JSON, SUPER_JSON);

    private final JsonText json;

    ReadPayload(JsonText json) {
        this.json = json;
    }

    void into(TriggerCommandBuilder command, @Nullable Member payload, Options options) {
        String type = options.text("payloadType").orElse(null);
        if (STORE.equals(type)) {
            throw ApiException.invalid(
                    "options.payloadType",
                    "application/store is not supported by this server; send the payload itself");
        }
        if (payload == null) {
            command.payloadType(type == null ? JSON : type);
            return;
        }
        if (!payload.isString()) {
            command.payload(payload.text()).payloadType(type == null || type.equals(TEXT) ? JSON : type);
            return;
        }
        String text = StorableText.check("payload", payload.text());
        if (type != null && JSON_TYPES.contains(type) && !json.isValid(text)) {
            throw ApiException.invalid(
                    "payload",
                    "is not JSON, although options.payloadType says " + type + "; for a plain string use " + TEXT);
        }
        command.payload(text).payloadType(type != null ? type : json.isValid(text) ? JSON : TEXT);
    }
}
