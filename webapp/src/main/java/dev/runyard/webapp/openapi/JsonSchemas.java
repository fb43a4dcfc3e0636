package dev.runyard.webapp.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/// Describes Java types as JSON schemas, as far as this server's mapper writes them.
final class JsonSchemas {
    private static final int MAX_DEPTH = 8;

    private JsonSchemas() {}

    static Map<String, Object> of(Type type) {
        return of(type, 0);
    }

    private static Map<String, Object> of(Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic, depth);
        }
        return type instanceof Class<?> plain && depth < MAX_DEPTH ? ofClass(plain, depth) : Map.of();
    }

    private static Map<String, Object> ofGeneric(ParameterizedType type, int depth) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        if (ResponseEntity.class.isAssignableFrom(raw)) {
            return of(last, depth);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return Map.of("type", "array", "items", of(last, depth + 1));
        }
        return Map.class.isAssignableFrom(raw)
                ? Map.of("type", "object", "additionalProperties", of(last, depth + 1))
                : Map.of();
    }

    private static Map<String, Object> ofClass(Class<?> type, int depth) {
        if (type == String.class || type == UUID.class || hasTextForm(type)) {
            return Map.of("type", "string");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return Map.of("type", "integer");
        }
        if (type == double.class || Number.class.isAssignableFrom(type)) {
            return Map.of("type", "number");
        }
        if (type.isEnum()) {
            return Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        return type.isRecord() ? ofRecord(type, depth) : Map.of();
    }

    private static boolean hasTextForm(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method ->
                        method.isAnnotationPresent(JsonValue.class) && method.getReturnType() == String.class);
    }

    private static Map<String, Object> ofRecord(Class<?> type, int depth) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> schema = of(component.getGenericType(), depth + 1);
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                    && schema.get("properties") instanceof Map<?, ?> inner) {
                inner.forEach((name, value) -> properties.put(String.valueOf(name), value));
                continue;
            }
            properties.put(component.getName(), schema);
            if (isAlwaysThere(component)) {
                required.add(component.getName());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    /// What may be absent is marked as nullable; some members are there even as null.
    private static boolean isAlwaysThere(RecordComponent component) {
        JsonInclude include = component.getAccessor().getAnnotation(JsonInclude.class);
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || (include != null && include.value() == JsonInclude.Include.ALWAYS);
    }
}
