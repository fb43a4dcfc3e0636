package dev.runyard.runner.telemetry;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes attributes as OpenTelemetry has them. Stateless. */
final class OtlpAttributes {
    private static final int LONGEST_TEXT = 32 * 1024;

    private final JsonMapper mapper;

    OtlpAttributes(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Adds what this process says of itself. */
    void resource(ObjectNode parent) {
        ArrayNode resource = parent.putObject("resource").putArray("attributes");
        put(resource, "$trigger", true);
        put(resource, "service.name", "runyard");
        put(resource, "sdk.language", "java");
    }

    /** Adds what the record belongs to. */
    void origin(ArrayNode attributes, Origin origin) {
        put(attributes, "$metadata.ctx.run.id", origin.runId());
        put(attributes, "$metadata.ctx.task.id", origin.taskId());
        put(attributes, "$metadata.ctx.attempt.number", origin.attempt());
    }

    /** A map becomes several attributes with dotted keys; what OpenTelemetry has no type for is written as JSON. */
    void put(ArrayNode attributes, String key, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((inner, of) -> put(attributes, key + "." + inner, of));
            case Boolean flag -> value(attributes, key).put("boolValue", flag);
            case Integer number -> value(attributes, key).put("intValue", number.toString());
            case Long number -> value(attributes, key).put("intValue", number.toString());
            case Short number -> value(attributes, key).put("intValue", number.toString());
            case Double number -> value(attributes, key).put("doubleValue", number);
            case Float number -> value(attributes, key).put("doubleValue", number);
            case CharSequence text -> value(attributes, key).put("stringValue", shorten(text.toString()));
            case null -> value(attributes, key).put("stringValue", "null");
            default -> value(attributes, key).put("stringValue", shorten(asText(value)));
        }
    }

    private static ObjectNode value(ArrayNode attributes, String key) {
        ObjectNode attribute = attributes.addObject();
        attribute.put("key", key);
        return attribute.putObject("value");
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private String asText(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (RuntimeException e) {
            return value.getClass().getName() + " (cannot be written as JSON)";
        }
    }
}
