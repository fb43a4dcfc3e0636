package dev.runyard.sdk.schema;

import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The annotations of Jakarta Validation on one component, read by their names: the SDK needs no library for them, and
 * the project of the user has the one that it compiled with.
 */
final class Rules {
    static final Rules NONE = new Rules(List.of(), "");

    private static final String PACKAGE = "jakarta.validation.constraints.";
    private static final String CONSTRAINT = "jakarta.validation.Constraint";
    private static final String LIST = "$List";

    private final List<Annotation> rules;
    private final String place;

    private Rules(List<Annotation> rules, String place) {
        this.rules = rules;
        this.place = place;
    }

    static Rules of(Annotation[] first, String place) {
        return of(first, new Annotation[0], place);
    }

    /** The same annotation is found on a field and on its type. */
    static Rules of(Annotation[] first, Annotation[] second, String place) {
        Set<Annotation> all = new LinkedHashSet<>(List.of(first));
        all.addAll(List.of(second));
        List<Annotation> rules = new ArrayList<>();
        for (Annotation one : all) {
            String name = one.annotationType().getName();
            if (name.startsWith(PACKAGE) && name.endsWith(LIST)) {
                rules.addAll(List.of((Annotation[]) value(one, "value")));
            } else if (name.startsWith(PACKAGE) || isCustom(one)) {
                rules.add(one);
            }
        }
        return new Rules(rules, place);
    }

    boolean isRequired() {
        return rules.stream()
                .map(Rules::nameOf)
                .anyMatch(name -> name.equals("NotNull") || name.equals("NotBlank") || name.equals("NotEmpty"));
    }

    ObjectNode applyTo(ObjectNode schema) {
        rules.forEach(rule -> apply(rule, schema));
        return schema;
    }

    private void apply(Annotation rule, ObjectNode schema) {
        switch (nameOf(rule)) {
            case "NotNull" -> {}
            case "NotBlank" -> schema.put("pattern", "\\S");
            case "NotEmpty" -> schema.put(sizeKey("min", schema), 1);
            case "Size" -> size(rule, schema);
            case "Min" -> schema.put("minimum", (long) value(rule, "value"));
            case "Max" -> schema.put("maximum", (long) value(rule, "value"));
            case "DecimalMin" -> decimal(rule, schema, "minimum", "exclusiveMinimum");
            case "DecimalMax" -> decimal(rule, schema, "maximum", "exclusiveMaximum");
            case "Positive" -> schema.put("exclusiveMinimum", 0);
            case "PositiveOrZero" -> schema.put("minimum", 0);
            case "Negative" -> schema.put("exclusiveMaximum", 0);
            case "NegativeOrZero" -> schema.put("maximum", 0);
            case "Email" -> schema.put("format", "email");
            case "Pattern" -> schema.put("pattern", "^(?:" + value(rule, "regexp") + ")$");
            case "AssertTrue" -> schema.put("const", true);
            case "AssertFalse" -> schema.put("const", false);
            default ->
                throw new IllegalArgumentException(place + " has the rule @"
                        + rule.annotationType().getSimpleName()
                        + ", which a JSON Schema cannot express; check it in the task's code instead");
        }
    }

    private static void size(Annotation rule, ObjectNode schema) {
        int min = (int) value(rule, "min");
        int max = (int) value(rule, "max");
        if (min > 0) {
            schema.put(sizeKey("min", schema), min);
        }
        if (max < Integer.MAX_VALUE) {
            schema.put(sizeKey("max", schema), max);
        }
    }

    private static void decimal(Annotation rule, ObjectNode schema, String key, String exclusiveKey) {
        boolean inclusive = (boolean) value(rule, "inclusive");
        schema.put(inclusive ? key : exclusiveKey, new BigDecimal((String) value(rule, "value")));
    }

    private static String sizeKey(String prefix, ObjectNode schema) {
        return prefix
                + switch (schema.path("type").asString("")) {
                    case "array" -> "Items";
                    case "object" -> "Properties";
                    default -> "Length";
                };
    }

    private static boolean isCustom(Annotation one) {
        for (Annotation meta : one.annotationType().getAnnotations()) {
            if (meta.annotationType().getName().equals(CONSTRAINT)) {
                return true;
            }
        }
        return false;
    }

    private static String nameOf(Annotation rule) {
        String name = rule.annotationType().getName();
        return name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : name;
    }

    private static Object value(Annotation rule, String name) {
        try {
            return rule.annotationType().getMethod(name).invoke(rule);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("@" + rule.annotationType().getSimpleName() + " has no " + name, e);
        }
    }
}
