package dev.runyard.engine.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// A place in a document, found and made step by step.
///
/// @param steps from the document down, at least one
record MetadataPath(List<Step> steps) {
    private static final int MAX_STEPS = 100;
    private static final Pattern STEP = Pattern.compile(
            "\\.(?<name>[^.\\[\\]*]+)|\\[(?<index>\\d{1,6})]|\\['(?<quoted>[^']+)']|\\[\"(?<twice>[^\"]+)\"]");
    /// Names that mean something to JavaScript objects, on which clients apply the same steps.
    private static final Set<String> FORBIDDEN = Set.of("__proto__", "constructor", "prototype");

    /// @param name of the member, or the element's number
    /// @param isIndex whether only an array has it
    record Step(String name, boolean isIndex) {
        /// Returns the number that the step is in an array, -1 where it is none.
        private int index() {
            return name.length() <= 6 && name.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(name) : -1;
        }
    }

    /// Reads a key; empty where it is no path, or names what may not be named.
    static Optional<MetadataPath> parse(String key) {
        List<Step> steps = key.startsWith("$.") ? steps(key.substring(1)) : List.of(new Step(key, false));
        boolean isAllowed = !steps.isEmpty()
                && steps.size() <= MAX_STEPS
                && !key.isEmpty()
                && steps.stream().noneMatch(step -> FORBIDDEN.contains(step.name()));
        return isAllowed ? Optional.of(new MetadataPath(steps)) : Optional.empty();
    }

    private static List<Step> steps(String path) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int end = 0;
        while (end < path.length() && matcher.find(end) && matcher.start() == end) {
            String index = matcher.group("index");
            String quoted = matcher.group("quoted") != null ? matcher.group("quoted") : matcher.group("twice");
            steps.add(
                    index != null
                            ? new Step(index, true)
                            : new Step(quoted != null ? quoted : matcher.group("name"), false));
            end = matcher.end();
        }
        return end == path.length() ? steps : List.of();
    }

    /// Returns what is there; a missing node where nothing is.
    JsonNode read(ObjectNode document) {
        JsonNode node = document;
        for (Step step : steps) {
            node = child(node, step);
        }
        return node;
    }

    private static JsonNode child(JsonNode node, Step step) {
        if (node instanceof ArrayNode array) {
            return step.index() < 0 ? MissingNode.getInstance() : array.path(step.index());
        }
        return node instanceof ObjectNode object && !step.isIndex()
                ? object.path(step.name())
                : MissingNode.getInstance();
    }

    /// Puts a value there, making what is missing on the way; does nothing where something else is in the way.
    void write(ObjectNode document, JsonNode value) {
        JsonNode node = document;
        for (int i = 0; i < steps.size() - 1; i++) {
            JsonNode next = child(node, steps.get(i));
            if (next.isMissingNode() || next.isNull()) {
                JsonNodeFactory factory = JsonNodeFactory.instance;
                next = steps.get(i + 1).isIndex() ? factory.arrayNode() : factory.objectNode();
                if (!put(node, steps.get(i), next)) {
                    return;
                }
            }
            node = next;
        }
        put(node, steps.getLast(), value);
    }

    private static boolean put(JsonNode node, Step step, JsonNode value) {
        if (node instanceof ObjectNode object && !step.isIndex()) {
            object.set(step.name(), value);
            return true;
        }
        if (node instanceof ArrayNode array && step.index() >= 0 && step.index() <= array.size()) {
            if (step.index() == array.size()) {
                array.add(value);
            } else {
                array.set(step.index(), value);
            }
            return true;
        }
        return false;
    }

    /// Removes what is there.
    void delete(ObjectNode document) {
        JsonNode node = new MetadataPath(steps.subList(0, steps.size() - 1)).read(document);
        Step last = steps.getLast();
        if (node instanceof ObjectNode object && !last.isIndex()) {
            object.remove(last.name());
        } else if (node instanceof ArrayNode array && last.index() >= 0 && last.index() < array.size()) {
            array.remove(last.index());
        }
    }
}
