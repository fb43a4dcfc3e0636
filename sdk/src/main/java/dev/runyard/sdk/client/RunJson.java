package dev.runyard.sdk.client;

import dev.runyard.sdk.run.RunError;
import dev.runyard.sdk.run.RunStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads runs from the server's answers. */
final class RunJson {
    private RunJson() {}

    static Run run(JsonNode node) {
        return new Run(
                node.path("id").asString(""),
                node.path("taskIdentifier").asString(""),
                RunStatus.parse(node.path("status").asString("")),
                text(node, "version"),
                requireInstant(node, "createdAt"),
                instant(node, "startedAt"),
                instant(node, "finishedAt"),
                tags(node.path("tags")),
                node.path("attemptCount").asInt(0),
                node.path("durationMs").asLong(0),
                node.path("isTest").asBoolean(false),
                json(node, "payload"),
                json(node, "output"),
                error(node.path("error")));
    }

    /** Reads the id of a run that a call made; without it the answer is not one of our server's. */
    static String id(JsonNode answer) {
        String id = answer.path("id").asString("");
        if (id.isEmpty()) {
            throw new ApiException.Unexpected("the answer names no run: " + answer, null);
        }
        return id;
    }

    static RunPage page(JsonNode node) {
        List<Run> runs = node.path("data").valueStream().map(RunJson::run).toList();
        return new RunPage(runs, text(node.path("pagination"), "next"));
    }

    static List<String> tags(JsonNode node) {
        return node.valueStream().map(tag -> tag.asString("")).toList();
    }

    private static @Nullable RunError error(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        return new RunError(node.path("message").asString(""), text(node, "name"), text(node, "stackTrace"));
    }

    static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.asString() : null;
    }

    private static @Nullable String json(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isMissingNode() ? null : value.toString();
    }

    static @Nullable Instant instant(JsonNode node, String name) {
        String text = text(node, name);
        return text == null ? null : Instant.parse(text);
    }

    static Instant requireInstant(JsonNode node, String name) {
        Instant instant = instant(node, name);
        return instant == null ? Instant.EPOCH : instant;
    }
}
