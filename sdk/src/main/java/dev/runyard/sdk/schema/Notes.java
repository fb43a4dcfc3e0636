package dev.runyard.sdk.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.lang.reflect.Field;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a component's annotations of Jackson tell people: what it is for, and a value to begin with. Neither is a rule; a
 * payload without the component has no value there.
 */
final class Notes {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Notes() {}

    static void add(Field field, String place, ObjectNode member) {
        JsonPropertyDescription description = field.getAnnotation(JsonPropertyDescription.class);
        if (description != null && !description.value().isEmpty()) {
            member.put("description", description.value());
        }
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        if (property != null && !property.defaultValue().isEmpty()) {
            member.set("default", defaultOf(field, place, property.defaultValue()));
        }
    }

    private static JsonNode defaultOf(Field field, String place, String text) {
        if (CharSequence.class.isAssignableFrom(field.getType())
                || field.getType().isEnum()) {
            return StringNode.valueOf(text);
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    place + ": the defaultValue `" + text + "` of its @JsonProperty is not valid JSON", e);
        }
    }
}
