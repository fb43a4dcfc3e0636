package dev.runyard.sdk.schema;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The rules of one schema that look at one value alone. */
final class ValueRules {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)*");

    private final JsonNode schema;
    private final String place;
    private final List<String> found;

    ValueRules(JsonNode schema, String place, List<String> found) {
        this.schema = schema;
        this.place = place;
        this.found = found;
    }

    void check(JsonNode value) {
        if (schema.has("const") && !schema.path("const").equals(value)) {
            found.add(place + " must be " + schema.path("const"));
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            found.add(place + " must be one of " + schema.path("enum"));
        }
        if (value.isString()) {
            text(value.asString());
        } else if (value.isNumber()) {
            number(value.decimalValue());
        } else if (value.isArray()) {
            size("minItems", "maxItems", value.size(), "elements");
            unique(value);
        } else if (value.isObject()) {
            size("minProperties", "maxProperties", value.size(), "members");
        }
    }

    private void text(String text) {
        size("minLength", "maxLength", text.codePointCount(0, text.length()), "characters");
        if (schema.has("pattern")
                && !Pattern.compile(schema.path("pattern").asString())
                        .matcher(text)
                        .find()) {
            found.add(place + " must match " + schema.path("pattern").asString());
        }
        String format = schema.path("format").asString("");
        if (!hasFormat(format, text)) {
            found.add(place + " must be a valid " + format);
        }
    }

    private void number(BigDecimal number) {
        bound("minimum", "at least", number, 0, 1);
        bound("maximum", "at most", number, 0, -1);
        bound("exclusiveMinimum", "more than", number, 1, 1);
        bound("exclusiveMaximum", "less than", number, -1, -1);
        if (schema.has("multipleOf")
                && number.remainder(schema.path("multipleOf").decimalValue()).signum() != 0) {
            found.add(place + " must be a multiple of " + schema.path("multipleOf"));
        }
    }

    private void bound(String key, String words, BigDecimal number, int least, int sign) {
        if (!schema.has(key)) {
            return;
        }
        int compared = number.compareTo(schema.path(key).decimalValue());
        boolean kept = least == 0 ? compared * sign >= 0 : compared * sign > 0;
        if (!kept) {
            found.add(place + " must be " + words + " " + schema.path(key) + ", is " + number.toPlainString());
        }
    }

    private void size(String least, String most, int size, String what) {
        if (schema.has(least) && size < schema.path(least).asInt()) {
            found.add("%s must have at least %d %s, has %d"
                    .formatted(place, schema.path(least).asInt(), what, size));
        }
        if (schema.has(most) && size > schema.path(most).asInt()) {
            found.add("%s must have at most %d %s, has %d"
                    .formatted(place, schema.path(most).asInt(), what, size));
        }
    }

    private void unique(JsonNode array) {
        Set<JsonNode> seen = new HashSet<>();
        if (schema.path("uniqueItems").asBoolean(false) && !array.valueStream().allMatch(seen::add)) {
            found.add(place + " must not have equal elements");
        }
    }

    /** A format without a meaning here is a note, as the specification has it. */
    private static boolean hasFormat(String format, String text) {
        try {
            switch (format) {
                case "email" -> {
                    return EMAIL.matcher(text).matches();
                }
                case "uuid" -> {
                    return UUID.fromString(text).toString().equalsIgnoreCase(text);
                }
                case "uri" -> {
                    return new URI(text).isAbsolute();
                }
                case "date-time" -> OffsetDateTime.parse(text);
                case "date" -> LocalDate.parse(text);
                default -> {}
            }
            return true;
        } catch (DateTimeException | URISyntaxException | IllegalArgumentException e) {
            return false;
        }
    }
}
