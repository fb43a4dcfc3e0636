package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.api.packet.Packet;
import dev.runyard.webapp.api.packet.Packets;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.JsonText;
import dev.runyard.webapp.api.shared.JsonText.Member;
import dev.runyard.webapp.api.shared.StorableText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads the payload as text and its media type.
///
/// The official client sends its payload serialized, as a string; other callers send any JSON value. A string without a
/// type is JSON text where it is one, and otherwise just a string. A payload that was uploaded is copied into the run.
@Component
class ReadPayload {
    private static final String JSON = "application/json";
    private static final String SUPER_JSON = "application/super+json";
    private static final String TEXT = "text/plain";
    private static final String STORE = "application/store";
    private static final List<String> JSON_TYPES = List.of(JSON, SUPER_JSON);

    private final JsonText json;
    private final Packets packets;

    ReadPayload(JsonText json, Packets packets) {
        this.json = json;
        this.packets = packets;
    }

    void into(TriggerCommandBuilder command, @Nullable Member payload, JsonMembers options, EnvironmentId environment) {
        String type = options.text("payloadType").orElse(null);
        if (STORE.equals(type)) {
            Packet packet = packet(payload, environment);
            store(command, packet.content(), packet.contentType());
            return;
        }
        if (payload == null) {
            command.payloadType(type == null ? JSON : type);
            return;
        }
        if (!payload.isString()) {
            command.payload(payload.text()).payloadType(type == null || type.equals(TEXT) ? JSON : type);
            return;
        }
        store(command, StorableText.check("payload", payload.text()), type);
    }

    private Packet packet(@Nullable Member payload, EnvironmentId environment) {
        String rule = "must be the path of an uploaded packet, as options.payloadType is " + STORE;
        if (payload == null || !payload.isString() || payload.text().isEmpty()) {
            throw ApiException.invalid("payload", rule);
        }
        return packets.find(environment, StorableText.check("payload", payload.text()))
                .orElseThrow(
                        () -> ApiException.invalid("payload", rule + "; nothing was uploaded there in the last day"));
    }

    private void store(TriggerCommandBuilder command, String text, @Nullable String type) {
        boolean isJson = json.isValid(text);
        if (type != null && JSON_TYPES.contains(type) && !isJson) {
            throw ApiException.invalid(
                    "payload", "is not JSON, although its type says " + type + "; for a plain string use " + TEXT);
        }
        command.payload(text).payloadType(type != null ? type : isJson ? JSON : TEXT);
    }
}
