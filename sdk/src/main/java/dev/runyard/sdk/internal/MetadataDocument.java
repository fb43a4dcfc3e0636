package dev.runyard.sdk.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document of metadata and what the operations do to it, as the server does. Paths are left to the server. */
final class MetadataDocument {
    private static final String PATH = "$.";

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    MetadataDocument(Map<String, Object> start) {
        members.putAll(start);
    }

    synchronized Optional<Object> get(String key) {
        return Optional.ofNullable(members.get(key));
    }

    @SuppressWarnings("NullAway") // JSON null is a value of the document
    synchronized Map<String, Object> copy() {
        return new LinkedHashMap<>(members);
    }

    synchronized void apply(MetadataChanges.Operation operation) {
        if (operation.key() == null) {
            members.clear();
            if (operation.value() instanceof Map<?, ?> whole) {
                whole.forEach((key, value) -> members.put(String.valueOf(key), value));
            }
            return;
        }
        if (operation.key().startsWith(PATH)) {
            return;
        }
        String key = operation.key();
        Object value = operation.value();
        switch (operation.type()) {
            case "set" -> members.put(key, value);
            case "delete" -> members.remove(key);
            case "append" -> members.put(key, appended(members.get(key), value));
            case "remove" -> members.computeIfPresent(key, (unused, old) -> without(old, value));
            case "increment" -> members.put(key, sum(members.get(key), value));
            default -> throw new IllegalArgumentException("no operation on metadata: " + operation.type());
        }
    }

    private static List<@Nullable Object> appended(@Nullable Object old, @Nullable Object value) {
        List<@Nullable Object> list = new ArrayList<>();
        if (old instanceof List<?> elements) {
            list.addAll(elements);
        } else if (old != null) {
            list.add(old);
        }
        list.add(value);
        return list;
    }

    private static Object without(Object old, @Nullable Object value) {
        if (!(old instanceof List<?> elements)) {
            return old;
        }
        List<@Nullable Object> list = new ArrayList<>(elements);
        list.removeIf(element -> Objects.equals(element, value));
        return list;
    }

    private static Number sum(@Nullable Object old, @Nullable Object by) {
        double sum = (old instanceof Number number ? number.doubleValue() : 0)
                + (by instanceof Number number ? number.doubleValue() : 0);
        boolean whole = sum == Math.rint(sum) && Math.abs(sum) < 1L << 53;
        if (whole) {
            return (long) sum;
        }
        return sum;
    }
}
