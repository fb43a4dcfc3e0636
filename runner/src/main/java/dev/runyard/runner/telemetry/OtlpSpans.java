package dev.runyard.runner.telemetry;

import dev.runyard.sdk.internal.SpanSnapshot;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes spans as an OpenTelemetry traces request in JSON; one that goes on is marked as partial. Stateless. */
final class OtlpSpans {
    private static final int INTERNAL = 1;
    private static final int ERROR = 2;

    private static final OtlpRequest REQUEST = new OtlpRequest("Spans", "spans");

    private final JsonMapper mapper;
    private final OtlpAttributes attributes;

    OtlpSpans(JsonMapper mapper) {
        this.mapper = mapper;
        this.attributes = new OtlpAttributes(mapper);
    }

    String write(List<BufferedSpan> spans) {
        return REQUEST.write(mapper, spans, this::write);
    }

    private void write(BufferedSpan buffered, ObjectNode node) {
        SpanSnapshot span = buffered.span();
        node.put("traceId", span.self().traceId());
        node.put("spanId", span.self().spanId());
        if (span.parentId() != null) {
            node.put("parentSpanId", span.parentId());
        }
        node.put("name", span.name());
        node.put("kind", INTERNAL);
        node.put("startTimeUnixNano", nanos(span.start()));
        node.put("endTimeUnixNano", span.end() == null ? "0" : nanos(span.end()));
        ArrayNode all = node.putArray("attributes");
        attributes.origin(all, buffered.origin());
        if (span.kind() == SpanSnapshot.Kind.WAIT) {
            attributes.put(all, "$entity.type", "waitpoint");
        }
        if (span.end() == null) {
            attributes.put(all, "$span.partial", true);
        }
        span.attributes().forEach((key, value) -> attributes.put(all, key, value));
        events(span, node);
        if (span.isError()) {
            ObjectNode status = node.putObject("status").put("code", ERROR);
            if (span.error() != null) {
                status.put("message", span.error());
            }
        }
    }

    private void events(SpanSnapshot span, ObjectNode node) {
        if (span.events().isEmpty()) {
            return;
        }
        ArrayNode events = node.putArray("events");
        for (SpanSnapshot.Event event : span.events()) {
            ObjectNode one = events.addObject();
            one.put("timeUnixNano", nanos(event.at()));
            one.put("name", event.name());
            ArrayNode own = one.putArray("attributes");
            event.attributes().forEach((key, value) -> attributes.put(own, key, value));
        }
    }

    private static String nanos(Instant time) {
        return Long.toString(time.getEpochSecond() * 1_000_000_000L + time.getNano());
    }
}
