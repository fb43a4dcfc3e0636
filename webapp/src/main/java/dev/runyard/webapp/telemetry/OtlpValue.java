package dev.runyard.webapp.telemetry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The tagged values of OTLP/JSON as plain JSON.
final class OtlpValue {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OtlpValue() {}

    static JsonNode toJson(JsonNode value, JsonMapper json) {
        if (value.has("stringValue")) {
            return NODES.stringNode(storable(value.path("stringValue").asString("")));
        }
        if (value.has("intValue")) {
            return NODES.numberNode(value.path("intValue").asLong(0));
        }
        if (value.has("doubleValue")) {
            return NODES.numberNode(value.path("doubleValue").asDouble(0));
        }
        if (value.has("boolValue")) {
            return NODES.booleanNode(value.path("boolValue").asBoolean(false));
        }
        if (value.has("bytesValue")) {
            return NODES.stringNode(value.path("bytesValue").asString(""));
        }
        if (value.has("arrayValue")) {
            ArrayNode array = json.createArrayNode();
            value.path("arrayValue").path("values").forEach(item -> array.add(toJson(item, json)));
            return array;
        }
        if (value.has("kvlistValue")) {
            ObjectNode object = json.createObjectNode();
            value.path("kvlistValue")
                    .path("values")
                    .forEach(item ->
                            object.set(storable(item.path("key").asString("")), toJson(item.path("value"), json)));
            return object;
        }
        return NODES.stringNode("");
    }

    /// PostgreSQL's texts cannot hold U+0000; the replacement character says that something stood there.
    static String storable(String text) {
        return text.replace((char) 0, '\uFFFD');
    }
}
