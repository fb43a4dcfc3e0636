package dev.runyard.sdk.serde;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads payloads of every media type that callers send, writes plain JSON. Immutable and thread-safe.
 *
 * <p>{@code text/plain} is the text itself for a task whose payload is a string, and JSON for any other. A string task
 * also takes JSON that is none, because a plain REST caller may send a bare string.
 */
public final class PayloadCodec {
    /** Makes one. */
    public PayloadCodec() {}

    /** Media type of plain JSON. */
    public static final String JSON = "application/json";

    /** Media type of JSON with type notes, which the official TypeScript client sends. */
    public static final String SUPER_JSON = "application/super+json";

    /** Media type of a bare string. */
    public static final String TEXT = "text/plain";

    private static final String STORE = "application/store";

    private final JsonMapper mapper = JsonMapper.builder().build();

    /**
     * Reads a payload; null where there is none.
     *
     * @throws PayloadException where it does not fit the type
     */
    public @Nullable Object decode(@Nullable String text, String mediaType, Type type) {
        if (type == Void.class || text == null || text.isEmpty()) {
            return text != null && type == String.class ? text : null;
        }
        if (mediaType.equals(STORE)) {
            throw new PayloadException("The payload was stored outside the run, which this version cannot read.");
        }
        if (mediaType.equals(TEXT) && (type == String.class || type == Object.class)) {
            return text;
        }
        JsonNode tree = parse(text, mediaType, type);
        return tree.isMissingNode() ? text : convert(tree, type);
    }

    /**
     * Writes a value as JSON; null for null.
     *
     * @throws PayloadException where it cannot be written
     */
    public @Nullable String encode(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        try {
            return mapper.writeValueAsString(value);
        } catch (JacksonException e) {
            throw new PayloadException(describe(e), e);
        }
    }

    /** Returns a payload as plain JSON; null where there is none. */
    public @Nullable String plainJson(@Nullable String text, String mediaType) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return switch (mediaType) {
            case TEXT -> mapper.writeValueAsString(text);
            case SUPER_JSON -> parse(text, mediaType, Object.class).toString();
            default -> text;
        };
    }

    /** Reads a value that is already parsed. */
    public @Nullable Object convert(JsonNode tree, Type type) {
        if (tree.isNull() || tree.isMissingNode() || type == Void.class) {
            return null;
        }
        try {
            JavaType target = mapper.constructType(type);
            return mapper.readerFor(target).readValue(tree);
        } catch (JacksonException e) {
            throw new PayloadException(describe(e), e);
        }
    }

    /** Returns a missing node where a string task got text that is not JSON. */
    private JsonNode parse(String text, String mediaType, Type type) {
        try {
            JsonNode tree = mapper.readTree(text);
            return mediaType.equals(SUPER_JSON) ? SuperJson.restore(tree) : tree;
        } catch (JacksonException e) {
            if (type == String.class) {
                return MissingNode.getInstance();
            }
            throw new PayloadException("not valid JSON: " + describe(e), e);
        }
    }

    private static String describe(JacksonException e) {
        String path = e instanceof DatabindException mapping ? mapping.getPathReference() : "";
        String message = e.getOriginalMessage();
        return path.isEmpty() ? message : message + " (at " + path + ")";
    }
}
