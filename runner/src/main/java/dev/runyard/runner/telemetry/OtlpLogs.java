package dev.runyard.runner.telemetry;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes lines as an OpenTelemetry logs request in JSON. Stateless.
 *
 * <p>By hand, because the JSON library is loaded anyway while an exporter would bring some hundred classes of its own to
 * each start of a run.
 */
final class OtlpLogs {
    private static final OtlpRequest REQUEST = new OtlpRequest("Logs", "logRecords");

    private final JsonMapper mapper;
    private final OtlpAttributes attributes;

    OtlpLogs(JsonMapper mapper) {
        this.mapper = mapper;
        this.attributes = new OtlpAttributes(mapper);
    }

    String write(List<BufferedLine> lines) {
        return REQUEST.write(mapper, lines, this::write);
    }

    private void write(BufferedLine buffered, ObjectNode record) {
        Origin origin = buffered.origin();
        record.put("timeUnixNano", Long.toString(buffered.nanos()));
        record.put("observedTimeUnixNano", Long.toString(buffered.nanos()));
        record.put("severityNumber", buffered.line().level().severityNumber());
        record.put("severityText", buffered.line().level().name());
        record.putObject("body").put("stringValue", buffered.line().message());
        ArrayNode all = record.putArray("attributes");
        attributes.origin(all, origin);
        attributes.put(all, "runyard.stream", buffered.line().stream().wireName());
        buffered.line().attributes().forEach((key, value) -> attributes.put(all, key, value));
        if (origin.base() != null) {
            String span = buffered.spanId() == null ? origin.base().spanId() : buffered.spanId();
            record.put("traceId", origin.base().traceId());
            record.put("spanId", span);
        }
    }
}
