package dev.runyard.sdk.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** Compares documents with a schema. A keyword that it does not understand is refused before any document comes. */
final class SchemaCheck {
    private static final Set<String> NOTES = Set.of(
            "$schema",
            "$id",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "definitions",
            "$defs",
            "readOnly",
            "writeOnly");
    private static final Set<String> RULES = Set.of(
            "$ref",
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "allOf",
            "anyOf",
            "oneOf",
            "not");
    private static final int MOST_VIOLATIONS = 20;

    private final JsonNode root;

    SchemaCheck(JsonNode schema) {
        this.root = schema;
        refuseUnknown("the schema", schema);
    }

    List<String> violations(JsonNode document) {
        List<String> found = new ArrayList<>();
        check("", document, root, found);
        return found.size() > MOST_VIOLATIONS ? List.copyOf(found.subList(0, MOST_VIOLATIONS)) : List.copyOf(found);
    }

    private void check(String path, JsonNode value, JsonNode schema, List<String> found) {
        if (schema.isBoolean()) {
            if (!schema.asBoolean()) {
                found.add(at(path) + " must not be there");
            }
            return;
        }
        if (schema.has("$ref")) {
            check(path, value, resolve(schema.path("$ref").asString("")), found);
            return;
        }
        if (!typeFits(value, schema.path("type"))) {
            found.add(at(path) + " must be " + typeText(schema.path("type")) + ", is " + typeOf(value));
            return;
        }
        new ValueRules(schema, at(path), found).check(value);
        checkMembers(path, value, schema, found);
        checkItems(path, value, schema, found);
        checkCombinations(path, value, schema, found);
    }

    private void checkMembers(String path, JsonNode value, JsonNode schema, List<String> found) {
        if (!value.isObject()) {
            return;
        }
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asString())) {
                found.add(at(join(path, name.asString())) + " is required");
            }
        }
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String inner = join(path, member.getKey());
            if (properties.has(member.getKey())) {
                check(inner, member.getValue(), properties.path(member.getKey()), found);
            } else if (others.isBoolean() && !others.asBoolean()) {
                found.add(at(inner) + " is not known");
            } else if (others.isObject()) {
                check(inner, member.getValue(), others, found);
            }
        }
    }

    private void checkItems(String path, JsonNode value, JsonNode schema, List<String> found) {
        if (!value.isArray() || !schema.has("items")) {
            return;
        }
        JsonNode items = schema.path("items");
        for (int index = 0; index < value.size(); index++) {
            JsonNode rule = items.isArray() ? items.path(index) : items;
            if (!rule.isMissingNode()) {
                check(path + "[" + index + "]", value.path(index), rule, found);
            }
        }
    }

    private void checkCombinations(String path, JsonNode value, JsonNode schema, List<String> found) {
        schema.path("allOf").forEach(one -> check(path, value, one, found));
        if (schema.has("anyOf") && matches(value, schema.path("anyOf")) == 0) {
            found.add(at(path) + " fits none of the allowed forms");
        }
        if (schema.has("oneOf") && matches(value, schema.path("oneOf")) != 1) {
            found.add(at(path) + " must fit exactly one of the allowed forms");
        }
        if (schema.has("not") && fits(value, schema.path("not"))) {
            found.add(at(path) + " has a form that is not allowed");
        }
    }

    private long matches(JsonNode value, JsonNode forms) {
        return forms.valueStream().filter(form -> fits(value, form)).count();
    }

    private boolean fits(JsonNode value, JsonNode form) {
        List<String> found = new ArrayList<>();
        check("", value, form, found);
        return found.isEmpty();
    }

    private JsonNode resolve(String reference) {
        JsonNode target = reference.equals("#") ? root : root.at(reference.replaceFirst("^#", ""));
        if (!reference.startsWith("#") || target.isMissingNode()) {
            throw new IllegalArgumentException("the schema refers to " + reference + ", which is not in it");
        }
        return target;
    }

    private void refuseUnknown(String place, JsonNode schema) {
        if (schema.isBoolean()) {
            return;
        }
        if (!schema.isObject()) {
            throw new IllegalArgumentException(place + " must be an object or a boolean");
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String key = member.getKey();
            if (!NOTES.contains(key) && !RULES.contains(key)) {
                throw new IllegalArgumentException(
                        place + " has the keyword \"" + key + "\", which is not understood; there are " + sorted());
            }
            refuseInside(place + "." + key, key, member.getValue());
        }
    }

    private void refuseInside(String place, String key, JsonNode value) {
        switch (key) {
            case "properties", "definitions", "$defs" ->
                value.properties().forEach(one -> refuseUnknown(place + "." + one.getKey(), one.getValue()));
            case "allOf", "anyOf", "oneOf" -> value.forEach(one -> refuseUnknown(place, one));
            case "additionalProperties", "not" -> refuseUnknown(place, value);
            case "items" -> {
                if (value.isArray()) {
                    value.forEach(one -> refuseUnknown(place, one));
                } else {
                    refuseUnknown(place, value);
                }
            }
            case "pattern" -> refuseBadPattern(place, value.asString(""));
            case "$ref" -> resolve(value.asString(""));
            default -> {}
        }
    }

    private static void refuseBadPattern(String place, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(place + " is no regular expression: " + e.getDescription(), e);
        }
    }

    private static List<String> sorted() {
        return RULES.stream().sorted().toList();
    }

    private static boolean typeFits(JsonNode value, JsonNode type) {
        if (type.isMissingNode()) {
            return true;
        }
        Set<String> wanted = new HashSet<>();
        if (type.isArray()) {
            type.forEach(one -> wanted.add(one.asString()));
        } else {
            wanted.add(type.asString());
        }
        String actual = typeOf(value);
        boolean whole = value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
        return wanted.contains(actual)
                || (actual.equals("integer") && wanted.contains("number"))
                || (actual.equals("number") && whole && wanted.contains("integer"));
    }

    private static String typeText(JsonNode type) {
        return type.isArray()
                ? String.join(" or ", type.valueStream().map(JsonNode::asString).toList())
                : type.asString();
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case NULL, MISSING -> "null";
        };
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String at(String path) {
        return path.isEmpty() ? "the payload" : path;
    }
}
