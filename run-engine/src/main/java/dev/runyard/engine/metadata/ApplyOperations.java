package dev.runyard.engine.metadata;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Applies steps to a document, purely. Numbers are added exactly, whatever their size.
final class ApplyOperations {
    /// Numbers of more digits than any double has are refused: adding them would write out every digit.
    private static final int MAX_SCALE = 400;

    private static final Comparator<JsonNode> EQUALITY = (a, b) -> {
        boolean isSame = a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
        return isSame ? 0 : 1;
    };

    /// What became of it.
    sealed interface Applied {
        /// The steps are applied.
        record Done(ObjectNode document) implements Applied {}

        /// A step makes no sense.
        record Refused(String sentence) implements Applied {}
    }

    /// Applies steps in their order; the given document may be changed.
    Applied apply(ObjectNode document, List<MetadataOperation> operations) {
        ObjectNode current = document;
        for (MetadataOperation operation : operations) {
            if (operation instanceof MetadataOperation.Update(ObjectNode replacement)) {
                current = replacement.deepCopy();
                continue;
            }
            Optional<String> wrong = step(current, operation);
            if (wrong.isPresent()) {
                return new Applied.Refused(wrong.get());
            }
        }
        return new Applied.Done(current);
    }

    private static Optional<String> step(ObjectNode document, MetadataOperation operation) {
        String key = keyOf(operation);
        Optional<MetadataPath> path = MetadataPath.parse(key);
        if (path.isEmpty()) {
            return Optional.of("Metadata key '" + key + "' is not a name or a path such as $.counters.done.");
        }
        switch (operation) {
            case MetadataOperation.Set set ->
                path.get().write(document, set.value().deepCopy());
            case MetadataOperation.Delete _ -> path.get().delete(document);
            case MetadataOperation.Append append -> append(document, path.get(), append.value());
            case MetadataOperation.Remove remove -> remove(path.get().read(document), remove.value());
            case MetadataOperation.Increment increment -> {
                return increment(document, path.get(), increment);
            }
            case MetadataOperation.Update _ -> throw new IllegalStateException("a replacement has no key");
        }
        return Optional.empty();
    }

    private static String keyOf(MetadataOperation operation) {
        return switch (operation) {
            case MetadataOperation.Set set -> set.key();
            case MetadataOperation.Delete delete -> delete.key();
            case MetadataOperation.Append append -> append.key();
            case MetadataOperation.Remove remove -> remove.key();
            case MetadataOperation.Increment increment -> increment.key();
            case MetadataOperation.Update _ -> "";
        };
    }

    private static void append(ObjectNode document, MetadataPath path, JsonNode value) {
        JsonNode there = path.read(document);
        if (there instanceof ArrayNode array) {
            array.add(value.deepCopy());
            return;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (!there.isMissingNode()) {
            array.add(there);
        }
        path.write(document, array.add(value.deepCopy()));
    }

    private static void remove(JsonNode there, JsonNode value) {
        if (there instanceof ArrayNode array) {
            Iterator<JsonNode> elements = array.iterator();
            while (elements.hasNext()) {
                if (elements.next().equals(EQUALITY, value)) {
                    elements.remove();
                }
            }
        }
    }

    private static Optional<String> increment(
            ObjectNode document, MetadataPath path, MetadataOperation.Increment increment) {
        JsonNode there = path.read(document);
        BigDecimal number = there.isNumber() ? there.decimalValue() : BigDecimal.ZERO;
        if (Math.abs(number.scale()) > MAX_SCALE || Math.abs(increment.by().scale()) > MAX_SCALE) {
            return Optional.of("Metadata key '" + increment.key()
                    + "' holds, or is incremented by, a number of more than " + MAX_SCALE + " digits.");
        }
        path.write(document, JsonNodeFactory.instance.numberNode(whole(number.add(increment.by()))));
        return Optional.empty();
    }

    /// 1.0 and 1 are one number to the clients; 100 is written as such, not as 1E+2.
    private static BigDecimal whole(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
