package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the spans of an OTLP request.
///
/// A runner may send a span while it goes on: it then says `$span.partial`, perhaps under an id for this message alone,
/// with the span's own id in `$span.span_id`. A span without an id, or that names another run, is refused.
final class OtlpSpans {
    private static final String PARTIAL = "$span.partial";
    private static final String OWN_ID = "$span.span_id";
    private static final String ENTITY = "$entity.type";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final String NO_ID = "0".repeat(16);
    private static final int MAX_NAME = 512;
    private static final int ERROR = 2;

    private final BoundedText text;
    private final RunId run;
    private final Instant now;
    private final List<SpanRecord> spans = new ArrayList<>();
    private int refused;

    private OtlpSpans(BoundedText text, RunId run, Instant now) {
        this.text = text;
        this.run = run;
        this.now = now;
    }

    static Parsed parse(JsonNode request, RunId run, Instant now, BoundedText text) {
        OtlpSpans read = new OtlpSpans(text, run, now);
        for (JsonNode resource : request.path("resourceSpans")) {
            for (JsonNode scope : resource.path("scopeSpans")) {
                for (JsonNode span : scope.path("spans")) {
                    read.add(span);
                }
            }
        }
        return new Parsed(read.spans, read.refused);
    }

    /// Returns an id of a span; absent where it is none.
    static @Nullable String id(JsonNode value) {
        String id = value.asString("");
        return ID.matcher(id).matches() && !id.equals(NO_ID) ? id : null;
    }

    private void add(JsonNode span) {
        OtlpAttributes attributes = OtlpAttributes.read(span.path("attributes"), text.json());
        String id =
                attributes.said(OWN_ID).filter(own -> ID.matcher(own).matches()).orElse(id(span.path("spanId")));
        if (id == null || attributes.isOfAnother(run)) {
            refused++;
            return;
        }
        Instant start = OtlpTime.read(span.path("startTimeUnixNano")).orElse(now);
        spans.add(new SpanRecord(
                id,
                id(span.path("parentSpanId")),
                kind(attributes),
                name(span),
                start,
                end(span, attributes, start),
                status(span.path("status").path("code")),
                reason(span.path("status").path("message").asString("")),
                text.write(attributes.own()),
                text.write(events(span.path("events"))),
                attributes.attempt()));
    }

    private static SpanKind kind(OtlpAttributes attributes) {
        return switch (attributes.said(ENTITY).orElse("")) {
            case "attempt" -> SpanKind.ATTEMPT;
            case "waitpoint" -> SpanKind.WAIT;
            default -> SpanKind.SPAN;
        };
    }

    private static String name(JsonNode span) {
        String name = OtlpValue.storable(span.path("name").asString(""));
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    }

    private static @Nullable Instant end(JsonNode span, OtlpAttributes attributes, Instant start) {
        if (attributes.said(PARTIAL).filter("true"::equals).isPresent()) {
            return null;
        }
        return OtlpTime.read(span.path("endTimeUnixNano"))
                .map(end -> end.isBefore(start) ? start : end)
                .orElse(null);
    }

    private static SpanStatus status(JsonNode code) {
        if (code.isString()) {
            return switch (code.stringValue()) {
                case "STATUS_CODE_ERROR", "2" -> SpanStatus.ERROR;
                case "STATUS_CODE_OK", "1" -> SpanStatus.OK;
                default -> SpanStatus.UNSET;
            };
        }
        int number = code.asInt(0);
        return number == ERROR ? SpanStatus.ERROR : number == 1 ? SpanStatus.OK : SpanStatus.UNSET;
    }

    private @Nullable String reason(String message) {
        return message.isEmpty() ? null : text.cut(OtlpValue.storable(message));
    }

    private ArrayNode events(JsonNode events) {
        JsonMapper json = text.json();
        ArrayNode all = json.createArrayNode();
        for (JsonNode event : events) {
            ObjectNode one = all.addObject();
            one.put("name", OtlpValue.storable(event.path("name").asString("")));
            OtlpTime.read(event.path("timeUnixNano")).ifPresent(at -> one.put("at", at.toString()));
            ObjectNode own = OtlpAttributes.read(event.path("attributes"), json).own();
            if (!own.isEmpty()) {
                one.set("attributes", own);
            }
        }
        return all;
    }

    /// @param spans the sender's spans
    /// @param refused how many records named another run, or had no id
    record Parsed(List<SpanRecord> spans, int refused) {}
}
