package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the log records of an OTLP/HTTP JSON request.
///
/// Numbers may come as numbers or as texts: senders differ. A record that names another run than the sender's is
/// refused.
final class OtlpLogs {
    private static final String CONTEXT = "$metadata.";
    private static final String RUN = "$metadata.ctx.run.id";
    private static final String ATTEMPT = "$metadata.ctx.attempt.number";
    private static final String STREAM = "runyard.stream";
    private static final int INFO = 9;
    private static final int MAX_SEVERITY = 24;
    private static final long NANOS = 1_000_000_000;

    private final JsonMapper json;
    private final int maxLine;
    private final RunId run;
    private final Instant now;
    private final List<LogLine> lines = new ArrayList<>();
    private int foreign;

    private OtlpLogs(JsonMapper json, int maxLine, RunId run, Instant now) {
        this.json = json;
        this.maxLine = maxLine;
        this.run = run;
        this.now = now;
    }

    static Parsed parse(JsonNode request, RunId run, Instant now, Limits limits) {
        OtlpLogs logs = new OtlpLogs(limits.json(), limits.maxLine(), run, now);
        for (JsonNode resource : request.path("resourceLogs")) {
            for (JsonNode scope : resource.path("scopeLogs")) {
                for (JsonNode entry : scope.path("logRecords")) {
                    logs.add(entry);
                }
            }
        }
        return new Parsed(logs.lines, logs.foreign);
    }

    private void add(JsonNode entry) {
        ObjectNode attributes = json.createObjectNode();
        ObjectNode context = json.createObjectNode();
        for (JsonNode attribute : entry.path("attributes")) {
            String key = attribute.path("key").asString("");
            JsonNode value = OtlpValue.toJson(attribute.path("value"), json);
            (key.startsWith(CONTEXT) || key.equals(STREAM) ? context : attributes).set(OtlpValue.storable(key), value);
        }
        if (!context.path(RUN).asString(run.toString()).equals(run.toString())) {
            foreign++;
            return;
        }
        lines.add(new LogLine(
                at(entry),
                severity(entry),
                stream(context),
                cut(messageOf(entry.path("body"))),
                textOf(attributes),
                attempt(context)));
    }

    private Instant at(JsonNode entry) {
        long nanos = entry.path("timeUnixNano").asLong(0);
        long known = nanos > 0 ? nanos : entry.path("observedTimeUnixNano").asLong(0);
        return known > 0 ? Instant.ofEpochSecond(known / NANOS, known % NANOS) : now;
    }

    private static int severity(JsonNode entry) {
        int number = entry.path("severityNumber").asInt(INFO);
        return number < 1 || number > MAX_SEVERITY ? INFO : number;
    }

    private static String stream(JsonNode context) {
        return switch (context.path(STREAM).asString("")) {
            case "stdout" -> "stdout";
            case "stderr" -> "stderr";
            default -> "logger";
        };
    }

    private static @Nullable Integer attempt(JsonNode context) {
        int number = context.path(ATTEMPT).asInt(0);
        return number > 0 ? number : null;
    }

    private String messageOf(JsonNode body) {
        JsonNode value = OtlpValue.toJson(body, json);
        return value.isString() ? value.stringValue() : OtlpValue.storable(json.writeValueAsString(value));
    }

    private @Nullable String textOf(ObjectNode attributes) {
        if (attributes.isEmpty()) {
            return null;
        }
        String text = json.writeValueAsString(attributes);
        return text.length() <= maxLine
                ? text
                : json.writeValueAsString(json.createObjectNode().put("runyard.dropped", "attributes were too long"));
    }

    private String cut(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxLine) {
            return message;
        }
        int end = maxLine;
        // Step back to the first byte of a character.
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "… (line of " + bytes.length + " bytes was cut)";
    }

    /// @param json how JSON is written
    /// @param maxLine longest line, in bytes
    record Limits(JsonMapper json, int maxLine) {}

    /// @param lines the sender's lines
    /// @param foreign how many records named another run
    record Parsed(List<LogLine> lines, int foreign) {}
}
