package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the log records of an OTLP request.
///
/// Numbers may come as numbers or as texts: senders differ. A record that names another run than the sender's is
/// refused.
final class OtlpLogs {
    private static final String STREAM = "runyard.stream";
    private static final int INFO = 9;
    private static final int MAX_SEVERITY = 24;

    private final BoundedText text;
    private final RunId run;
    private final Instant now;
    private final List<LogLine> lines = new ArrayList<>();
    private int foreign;

    private OtlpLogs(BoundedText text, RunId run, Instant now) {
        this.text = text;
        this.run = run;
        this.now = now;
    }

    static Parsed parse(JsonNode request, RunId run, Instant now, BoundedText text) {
        OtlpLogs logs = new OtlpLogs(text, run, now);
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
        OtlpAttributes attributes = OtlpAttributes.read(entry.path("attributes"), text.json());
        if (attributes.isOfAnother(run)) {
            foreign++;
            return;
        }
        lines.add(new LogLine(
                at(entry),
                severity(entry),
                stream(attributes),
                text.cut(messageOf(entry.path("body"))),
                text.write(attributes.own()),
                attributes.attempt(),
                OtlpSpans.id(entry.path("spanId"))));
    }

    private Instant at(JsonNode entry) {
        return OtlpTime.read(entry.path("timeUnixNano"))
                .or(() -> OtlpTime.read(entry.path("observedTimeUnixNano")))
                .orElse(now);
    }

    private static int severity(JsonNode entry) {
        int number = entry.path("severityNumber").asInt(INFO);
        return number < 1 || number > MAX_SEVERITY ? INFO : number;
    }

    private static String stream(OtlpAttributes attributes) {
        return switch (attributes.said(STREAM).orElse("")) {
            case "stdout" -> "stdout";
            case "stderr" -> "stderr";
            default -> "logger";
        };
    }

    private String messageOf(JsonNode body) {
        JsonMapper json = text.json();
        JsonNode value = OtlpValue.toJson(body, json);
        return value.isString() ? value.stringValue() : OtlpValue.storable(json.writeValueAsString(value));
    }

    /// @param lines the sender's lines
    /// @param foreign how many records named another run
    record Parsed(List<LogLine> lines, int foreign) {}
}
