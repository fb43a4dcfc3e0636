package dev.runyard.webapp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.auth.RunTokens;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.Http.Answer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SpanIngestTest extends WebappTest {
    private static final String TRACES = "/otel/v1/traces";
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

    @Autowired
    private RunTokens tokens;

    @Autowired
    private TelemetryQueries telemetry;

    private final RunId run = new RunId(IDS.next());

    @Test
    void keepsASpanWithAllThatIsKnownOfIt() {
        Map<String, Object> span = new HashMap<>(span("00000000000000aa", "1785578401000000000"));
        span.put("parentSpanId", "00000000000000bb");
        span.put("status", Map.of("code", 2, "message", "no luck"));
        span.put(
                "events",
                List.of(Map.of(
                        "name", "half", "timeUnixNano", "1785578400500000000", "attributes", List.of(text("k", "v")))));

        Answer answer = send(span);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("partialSuccess")).isFalse();
        StoredSpan kept = spans().getFirst();
        assertThat(kept.id()).isEqualTo("00000000000000aa");
        assertThat(kept.parentId()).isEqualTo("00000000000000bb");
        assertThat(kept.name()).isEqualTo("work");
        assertThat(kept.kind()).isEqualTo(SpanKind.SPAN);
        assertThat(kept.startedAt()).hasToString("2026-08-01T10:00:00Z");
        assertThat(kept.endedAt()).hasToString("2026-08-01T10:00:01Z");
        assertThat(kept.status()).isEqualTo(SpanStatus.ERROR);
        assertThat(kept.statusMessage()).isEqualTo("no luck");
        assertThat(kept.attempt()).isEqualTo(2);
        assertThat(kept.attributes()).isEqualTo("{\"user\": \"ann\"}");
        assertThat(kept.events()).contains("\"half\"", "2026-08-01T10:00:00.500Z", "{\"k\": \"v\"}");
    }

    @Test
    void replacesASpanThatWentOnByItsEnd() {
        Map<String, Object> partial = new HashMap<>(span("00000000000000ff", "0"));
        partial.put(
                "attributes",
                List.of(flag("$span.partial"), text("$span.span_id", "00000000000000aa"), text("user", "ann")));
        send(partial);
        assertThat(spans()).hasSize(1).allMatch(span -> span.endedAt() == null);
        long change = telemetry.newest(run).spanChange();

        send(span("00000000000000aa", "1785578401000000000"));

        assertThat(spans()).hasSize(1).allMatch(span -> span.endedAt() != null);
        assertThat(telemetry.spansAfter(run, change, 10)).hasSize(1);
        send(partial);
        assertThat(spans()).hasSize(1).allMatch(span -> span.endedAt() != null);
    }

    @Test
    void takesTheEndWhereBothComeAtOnce() {
        Map<String, Object> partial = new HashMap<>(span("00000000000000aa", "0"));
        send(span("00000000000000aa", "1785578401000000000"), partial);

        assertThat(spans()).hasSize(1).allMatch(span -> span.endedAt() != null);
    }

    @Test
    void keepsNoMoreThanTheLimit() {
        List<Map<String, Object>> many = IntStream.rangeClosed(1, 6_000)
                .mapToObj(i -> span("%016x".formatted(i), "1785578401000000000"))
                .toList();
        List<Map<String, Object>> more = IntStream.rangeClosed(6_001, 12_000)
                .mapToObj(i -> span("%016x".formatted(i), "1785578401000000000"))
                .toList();

        send(many.toArray(Map[]::new));
        Answer second = send(more.toArray(Map[]::new));
        Answer again = send(many.get(1));

        assertThat(second.json().path("partialSuccess").path("rejectedSpans").asInt())
                .isEqualTo(2_000);
        assertThat(again.json().has("partialSuccess")).isFalse();
        assertThat(telemetry.spansAfter(run, 0, 20_000)).hasSize(10_000);
    }

    @Test
    void refusesWhatHasNoIdOrIsAnothers() {
        RunId other = new RunId(IDS.next());
        Answer forged = sender(other).post(TRACES, request(List.of(span("00000000000000aa", "1785578401000000000"))));
        Answer nameless = send(span("no id", "1"), span("0000000000000000", "1"));

        assertThat(forged.json().path("partialSuccess").path("rejectedSpans").asInt())
                .isEqualTo(1);
        assertThat(nameless.json().path("partialSuccess").path("rejectedSpans").asInt())
                .isEqualTo(2);
        assertThat(spans()).isEmpty();
        assertThat(telemetry.spansAfter(other, 0, 10)).isEmpty();
        assertThat(anonymous().post(TRACES, Map.of()).status()).isEqualTo(401);
    }

    @Test
    void shortensWhatIsTooLong() {
        Map<String, Object> span = new HashMap<>(span("00000000000000aa", "1785578401000000000"));
        span.put("name", "n".repeat(5_000) + "\u0000");
        span.put("attributes", List.of(text("long", "x".repeat(40_000))));
        span.put("endTimeUnixNano", "1");
        send(span);

        StoredSpan kept = spans().getFirst();
        assertThat(kept.name()).hasSize(513).endsWith("…");
        assertThat(kept.attributes()).contains("attributes were too long");
        assertThat(kept.endedAt()).isEqualTo(kept.startedAt());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private Answer send(Map<String, Object>... spans) {
        return sender(run).post(TRACES, request(List.of(spans)));
    }

    private List<StoredSpan> spans() {
        return telemetry.spansAfter(run, 0, 100);
    }

    private Http sender(RunId of) {
        return anonymous().with("Authorization", "Bearer " + tokens.mint(new RunIdentity(of, environmentId("dev"))));
    }

    private static Map<String, Object> request(List<Map<String, Object>> spans) {
        return Map.of("resourceSpans", List.of(Map.of("scopeSpans", List.of(Map.of("spans", spans)))));
    }

    private Map<String, Object> span(String id, String endNanos) {
        List<Object> attributes = new ArrayList<>();
        attributes.add(text("$metadata.ctx.run.id", run.toString()));
        attributes.add(Map.of("key", "$metadata.ctx.attempt.number", "value", Map.of("intValue", 2)));
        attributes.add(text("user", "ann"));
        return Map.of(
                "traceId",
                "0af7651916cd43dd8448eb211c80319c",
                "spanId",
                id,
                "name",
                "work",
                "startTimeUnixNano",
                "1785578400000000000",
                "endTimeUnixNano",
                endNanos,
                "attributes",
                attributes);
    }

    private static Map<String, Object> text(String key, @Nullable String value) {
        return Map.of("key", key, "value", Map.of("stringValue", String.valueOf(value)));
    }

    private static Map<String, Object> flag(String key) {
        return Map.of("key", key, "value", Map.of("boolValue", true));
    }
}
