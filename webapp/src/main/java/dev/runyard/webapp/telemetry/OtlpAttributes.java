package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The attributes of a record: those of its author, and those by which a runner says what the record belongs to.
///
/// @param own what the author wrote
/// @param context what the runner added
record OtlpAttributes(ObjectNode own, ObjectNode context) {
    private static final String CONTEXT = "$metadata.";
    private static final String RUN = "$metadata.ctx.run.id";
    private static final String ATTEMPT = "$metadata.ctx.attempt.number";
    private static final String RUNYARD = "runyard.";
    private static final String SPAN = "$span.";
    private static final String ENTITY = "$entity.";

    static OtlpAttributes read(JsonNode attributes, JsonMapper json) {
        OtlpAttributes read = new OtlpAttributes(json.createObjectNode(), json.createObjectNode());
        for (JsonNode attribute : attributes) {
            String key = attribute.path("key").asString("");
            JsonNode value = OtlpValue.toJson(attribute.path("value"), json);
            (isContext(key) ? read.context : read.own).set(OtlpValue.storable(key), value);
        }
        return read;
    }

    private static boolean isContext(String key) {
        return key.startsWith(CONTEXT) || key.startsWith(RUNYARD) || key.startsWith(SPAN) || key.startsWith(ENTITY);
    }

    /// Tells whether the record names another run.
    boolean isOfAnother(RunId run) {
        return !context.path(RUN).asString(run.toString()).equals(run.toString());
    }

    @Nullable
    Integer attempt() {
        int number = context.path(ATTEMPT).asInt(0);
        return number > 0 ? number : null;
    }

    /// Finds what a runner said, as text.
    Optional<String> said(String key) {
        return context.path(key).isMissingNode()
                ? Optional.empty()
                : Optional.of(context.path(key).asString(""));
    }
}
