package dev.runyard.sdk.serde;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns JSON with type notes into plain JSON that Java types can be read from.
 *
 * <p>A date, URL, big integer or set already has the JSON form that Java expects. Only two notes change the tree: a map
 * is noted as a list of pairs and becomes an object, and what was undefined is noted as null and is left out.
 */
final class SuperJson {
    private SuperJson() {}

    /** Returns the plain JSON of a document; a document without the {@code json} member is returned as it is. */
    static JsonNode restore(JsonNode document) {
        JsonNode json = document.get("json");
        if (json == null || !document.isObject()) {
            return document;
        }
        JsonNode values = document.path("meta").path("values");
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("root", json);
        apply(values, root, List.of("root"));
        JsonNode restored = root.get("root");
        return restored == null ? JsonNodeFactory.instance.nullNode() : restored;
    }

    /** Notes are a tree: an object maps paths to notes, a list is a type followed by the notes inside of it. */
    private static void apply(JsonNode notes, ObjectNode root, List<String> path) {
        if (notes.isArray()) {
            applyInside(notes.path(1), root, path);
            change(notes.path(0).asString(""), root, path);
        } else {
            applyInside(notes, root, path);
        }
    }

    /** Inner values first: the outer change may turn lists into objects, and the paths count list positions. */
    private static void applyInside(JsonNode notes, ObjectNode root, List<String> path) {
        for (Map.Entry<String, JsonNode> note : notes.properties()) {
            List<String> inner = new ArrayList<>(path);
            inner.addAll(split(note.getKey()));
            apply(note.getValue(), root, inner);
        }
    }

    private static void change(String type, ObjectNode root, List<String> path) {
        JsonNode parent = root;
        for (String step : path.subList(0, path.size() - 1)) {
            parent = child(parent, step);
        }
        String last = path.getLast();
        if (type.equals("map")) {
            replace(parent, last, toObject(child(parent, last)));
        } else if (type.equals("undefined") && parent instanceof ObjectNode object) {
            object.remove(last);
        }
    }

    private static JsonNode child(JsonNode parent, String step) {
        return parent.isArray() ? parent.path(Integer.parseInt(step)) : parent.path(step);
    }

    private static void replace(JsonNode parent, String step, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            object.set(step, value);
        } else if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(step), value);
        }
    }

    private static JsonNode toObject(JsonNode pairs) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (JsonNode pair : pairs) {
            object.set(pair.path(0).asString(pair.path(0).toString()), pair.path(1));
        }
        return object;
    }

    /** Steps are separated by dots; a dot or backslash that belongs to a step has a backslash before it. */
    private static List<String> split(String path) {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean escapes = c == '\\' && i + 1 < path.length() && ".\\".indexOf(path.charAt(i + 1)) >= 0;
            if (escapes) {
                i++;
                step.append(path.charAt(i));
            } else if (c == '.') {
                steps.add(step.toString());
                step.setLength(0);
            } else {
                step.append(c);
            }
        }
        steps.add(step.toString());
        return steps;
    }
}
