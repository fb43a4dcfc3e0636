package dev.runyard.sdk.schema;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema (draft 7) that payloads must keep. Immutable, thread-safe.
 *
 * <pre>{@code
 * PayloadSchema.of("""
 *     {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "minLength": 1}}}
 *     """)
 * }</pre>
 */
public final class PayloadSchema {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonNode schema;
    private final SchemaCheck check;

    private PayloadSchema(JsonNode schema) {
        this.schema = schema;
        this.check = new SchemaCheck(schema);
    }

    /**
     * Reads a schema.
     *
     * @throws IllegalArgumentException where it is no JSON, or has a keyword that is not understood and would thus not
     *     be kept
     */
    public static PayloadSchema of(String json) {
        try {
            return new PayloadSchema(MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the schema is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Writes the schema of a type: records with their components, and the rules of Jakarta Validation on them. What
     * {@code @JsonPropertyDescription} and the {@code defaultValue} of {@code @JsonProperty} say is shown in the form of the
     * dashboard's test page.
     *
     * @throws IllegalArgumentException where a rule has no place in a schema and would thus not be kept
     */
    public static PayloadSchema ofType(Type type) {
        return new PayloadSchema(new DescribeType().describe(type));
    }

    /** Returns the schema as JSON. */
    public String json() {
        return schema.toString();
    }

    /** Returns what is wrong with a document, one sentence each; none where it keeps the schema. */
    public List<String> violations(@Nullable String json) {
        try {
            JsonNode document = json == null || json.isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(json);
            return check.violations(document);
        } catch (JacksonException e) {
            return List.of("it is not valid JSON: " + e.getOriginalMessage());
        }
    }
}
