package dev.runyard.webapp.api.run;

import dev.runyard.engine.metadata.MetadataChange;
import dev.runyard.engine.metadata.MetadataOperation;
import dev.runyard.webapp.api.shared.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads what shall become of the metadata of a run, its parent and its root. A null is a value here, as in any JSON.
@Component
class ReadMetadataChange {
    private final JsonMapper json;

    ReadMetadataChange(JsonMapper json) {
        this.json = json;
    }

    MetadataChange read(String text) {
        JsonNode body = tree(text);
        List<MetadataOperation> operations = new ArrayList<>();
        JsonNode metadata = body.path("metadata");
        if (!metadata.isMissingNode() && !metadata.isNull()) {
            if (!(metadata instanceof ObjectNode document)) {
                throw ApiException.invalid("metadata", "must be an object");
            }
            operations.add(new MetadataOperation.Update(document));
        }
        operations.addAll(operations(body, "operations"));
        return new MetadataChange(operations, operations(body, "parentOperations"), operations(body, "rootOperations"));
    }

    private JsonNode tree(String text) {
        if (text.isBlank()) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Request body is empty");
        }
        try {
            JsonNode body = json.readTree(text);
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException _) {
            // Told below.
        }
        throw ApiException.of(HttpStatus.BAD_REQUEST, "Invalid JSON");
    }

    private static List<MetadataOperation> operations(JsonNode body, String name) {
        JsonNode given = body.path(name);
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        if (!given.isArray()) {
            throw ApiException.invalid(name, "must be an array of operations");
        }
        List<MetadataOperation> operations = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            operations.add(operation(given.get(i), name + "." + i));
        }
        return operations;
    }

    private static MetadataOperation operation(JsonNode step, String path) {
        String type = step.path("type").asString("");
        return switch (type) {
            case "set" -> new MetadataOperation.Set(key(step, path), value(step, path));
            case "delete" -> new MetadataOperation.Delete(key(step, path));
            case "append" -> new MetadataOperation.Append(key(step, path), value(step, path));
            case "remove" -> new MetadataOperation.Remove(key(step, path), value(step, path));
            case "increment" -> {
                if (!value(step, path).isNumber()) {
                    throw ApiException.invalid(path + ".value", "must be a number");
                }
                yield new MetadataOperation.Increment(
                        key(step, path), step.path("value").decimalValue());
            }
            case "update" -> {
                if (!(value(step, path) instanceof ObjectNode document)) {
                    throw ApiException.invalid(path + ".value", "must be an object");
                }
                yield new MetadataOperation.Update(document);
            }
            default ->
                throw ApiException.invalid(path + ".type", "must be set, delete, append, remove, increment or update");
        };
    }

    private static String key(JsonNode step, String path) {
        JsonNode key = step.path("key");
        if (!key.isString() || key.stringValue().isEmpty()) {
            throw ApiException.invalid(path + ".key", "must be a string that is not empty");
        }
        return key.stringValue();
    }

    private static JsonNode value(JsonNode step, String path) {
        JsonNode value = step.path("value");
        if (value.isMissingNode()) {
            throw ApiException.invalid(path + ".value", "is missing");
        }
        return value;
    }
}
