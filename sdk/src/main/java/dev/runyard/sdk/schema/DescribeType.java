package dev.runyard.sdk.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the schema of a Java type. For one use. */
final class DescribeType {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<Class<?>, String> FORMATS = Map.of(
            Instant.class, "date-time",
            OffsetDateTime.class, "date-time",
            ZonedDateTime.class, "date-time",
            LocalDate.class, "date",
            UUID.class, "uuid",
            URI.class, "uri");
    private static final Set<Class<?>> WHOLE = Set.of(
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            BigInteger.class);
    private static final Set<Class<?>> FRACTIONS =
            Set.of(float.class, Float.class, double.class, Double.class, BigDecimal.class);

    private final Map<Class<?>, ObjectNode> records = new LinkedHashMap<>();

    ObjectNode describe(Type type) {
        ObjectNode schema = JSON.objectNode().put("$schema", "http://json-schema.org/draft-07/schema#");
        ObjectNode described = ofType(type, null);
        if (type instanceof Class<?> known && known.isRecord()) {
            schema.setAll(recordOf(known));
        } else {
            schema.setAll(described);
        }
        records.remove(type);
        if (!records.isEmpty()) {
            ObjectNode definitions = schema.putObject("definitions");
            records.forEach((record, node) -> definitions.set(nameOf(record), node));
        }
        return schema;
    }

    private ObjectNode ofType(Type type, @Nullable AnnotatedType annotated) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic, annotated);
        }
        return type instanceof Class<?> known ? ofClass(known) : JSON.objectNode();
    }

    private ObjectNode ofGeneric(ParameterizedType type, @Nullable AnnotatedType annotated) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        AnnotatedType[] inner = annotated instanceof AnnotatedParameterizedType parameterized
                ? parameterized.getAnnotatedActualTypeArguments()
                : new AnnotatedType[arguments.length];
        if (Collection.class.isAssignableFrom(raw)) {
            ObjectNode list = JSON.objectNode().put("type", "array");
            list.set("items", withRules(arguments[0], inner[0]));
            return list;
        }
        if (Map.class.isAssignableFrom(raw)) {
            ObjectNode map = JSON.objectNode().put("type", "object");
            map.set("additionalProperties", withRules(arguments[1], inner[1]));
            return map;
        }
        return ofClass(raw);
    }

    private ObjectNode withRules(Type type, @Nullable AnnotatedType annotated) {
        ObjectNode schema = ofType(type, annotated);
        Rules rules = annotated == null ? Rules.NONE : Rules.of(annotated.getAnnotations(), type.getTypeName());
        return rules.applyTo(schema);
    }

    private ObjectNode ofClass(Class<?> type) {
        ObjectNode schema = JSON.objectNode();
        if (type.isRecord()) {
            recordOf(type);
            return schema.put("$ref", "#/definitions/" + nameOf(type));
        }
        if (FORMATS.containsKey(type)) {
            return schema.put("type", "string").put("format", FORMATS.get(type));
        }
        if (type.isEnum()) {
            ArrayNode names = schema.put("type", "string").putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                names.add(((Enum<?>) constant).name());
            }
            return schema;
        }
        if (WHOLE.contains(type)) {
            return schema.put("type", "integer");
        }
        if (FRACTIONS.contains(type)) {
            return schema.put("type", "number");
        }
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return schema.put("type", "string");
        }
        if (type.isArray()) {
            schema.put("type", "array").set("items", ofType(type.getComponentType(), null));
        }
        return schema;
    }

    private ObjectNode recordOf(Class<?> type) {
        ObjectNode known = records.get(type);
        if (known != null) {
            return known;
        }
        ObjectNode schema = JSON.objectNode().put("type", "object");
        records.put(type, schema);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = fieldOf(type, component);
            Rules rules = Rules.of(
                    field.getAnnotations(), field.getAnnotatedType().getAnnotations(), placeOf(type, component));
            String name = nameOf(component, field);
            ObjectNode member = ofType(component.getGenericType(), field.getAnnotatedType());
            rules.applyTo(member);
            if (rules.isRequired() || component.getType().isPrimitive()) {
                required.add(name);
            } else {
                member = orNull(member);
            }
            Notes.add(field, placeOf(type, component), member);
            properties.set(name, member);
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    /** What is not required may also be null, which is how Java callers leave it out. */
    private static ObjectNode orNull(ObjectNode member) {
        if (member.has("type") && !member.has("enum")) {
            String type = member.path("type").asString();
            member.putArray("type").add(type).add("null");
            return member;
        }
        ObjectNode either = JSON.objectNode();
        either.putArray("anyOf").add(member).add(JSON.objectNode().put("type", "null"));
        return member.isEmpty() ? member : either;
    }

    private static Field fieldOf(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("every component of a record has a field", e);
        }
    }

    private static String nameOf(RecordComponent component, Field field) {
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        return property == null || property.value().isEmpty() ? component.getName() : property.value();
    }

    private static String placeOf(Class<?> type, RecordComponent component) {
        return type.getSimpleName() + "." + component.getName();
    }

    private static String nameOf(Class<?> type) {
        return type.getName().replaceAll("^.*\\.", "").replace('$', '-');
    }
}
