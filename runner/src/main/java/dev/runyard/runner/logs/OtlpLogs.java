package dev.runyard.runner.logs;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes lines as an OpenTelemetry logs request in JSON. Stateless. */
final class OtlpLogs {
    private final JsonMapper mapper;

    OtlpLogs(JsonMapper mapper) {
        this.mapper = mapper;
    }

    String write(List<BufferedLine> lines) {
        ObjectNode request = mapper.createObjectNode();
        ObjectNode resourceLogs = request.putArray("resourceLogs").addObject();
        ArrayNode resource = resourceLogs.putObject("resource").putArray("attributes");
        put(resource, "$trigger", true);
        put(resource, "service.name", "runyard");
        put(resource, "sdk.language", "java");
        ObjectNode scopeLogs = resourceLogs.putArray("scopeLogs").addObject();
        scopeLogs.putObject("scope").put("name", "runyard-runner");
        ArrayNode records = scopeLogs.putArray("logRecords");
        for (BufferedLine line : lines) {
            write(line, records.addObject());
        }
        return mapper.writeValueAsString(request);
    }

    private void write(BufferedLine buffered, ObjectNode record) {
        LogOrigin origin = buffered.origin();
        record.put("timeUnixNano", Long.toString(buffered.nanos()));
        record.put("observedTimeUnixNano", Long.toString(buffered.nanos()));
        record.put("severityNumber", buffered.line().level().severityNumber());
        record.put("severityText", buffered.line().level().name());
        record.putObject("body").put("stringValue", buffered.line().message());
        ArrayNode attributes = record.putArray("attributes");
        put(attributes, "$metadata.ctx.run.id", origin.runId());
        put(attributes, "$metadata.ctx.task.id", origin.taskId());
        put(attributes, "$metadata.ctx.attempt.number", origin.attempt());
        put(attributes, "runyard.stream", buffered.line().stream().wireName());
        buffered.line().attributes().forEach((key, value) -> put(attributes, key, value));
        if (origin.traceId() != null && origin.spanId() != null) {
            record.put("traceId", origin.traceId());
            record.put("spanId", origin.spanId());
        }
    }

    /** A map becomes several attributes with dotted keys; what OpenTelemetry has no type for is written as JSON. */
    private void put(ArrayNode attributes, String key, Object value) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((inner, of) -> put(attributes, key + "." + inner, of));
            case Boolean flag -> value(attributes, key).put("boolValue", flag);
            case Integer number -> value(attributes, key).put("intValue", number.toString());
            case Long number -> value(attributes, key).put("intValue", number.toString());
            case Short number -> value(attributes, key).put("intValue", number.toString());
            case Double number -> value(attributes, key).put("doubleValue", number);
            case Float number -> value(attributes, key).put("doubleValue", number);
            case CharSequence text -> value(attributes, key).put("stringValue", text.toString());
            case null -> value(attributes, key).put("stringValue", "null");
            default -> value(attributes, key).put("stringValue", asText(value));
        }
    }

    private static ObjectNode value(ArrayNode attributes, String key) {
        ObjectNode attribute = attributes.addObject();
        attribute.put("key", key);
        return attribute.putObject("value");
    }

    private String asText(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (RuntimeException e) {
            return value.getClass().getName() + " (cannot be written as JSON)";
        }
    }
}
