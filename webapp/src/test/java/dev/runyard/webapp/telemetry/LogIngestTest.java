package dev.runyard.webapp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.auth.RunTokens;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.Http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class LogIngestTest extends WebappTest {
    private static final String LOGS = "/otel/v1/logs";
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

    @Autowired
    private RunTokens tokens;

    @Autowired
    private TelemetryQueries telemetry;

    private final RunId run = new RunId(IDS.next());

    @Test
    void keepsLinesInTheirOrder() {
        Answer answer = sender().post(LOGS, request(List.of(line("one", 9), line("two", 17))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("partialSuccess")).isFalse();
        List<StoredLogLine> kept = telemetry.linesAfter(run, 0, 10);
        assertThat(kept).extracting(StoredLogLine::message).containsExactly("one", "two");
        assertThat(kept).extracting(StoredLogLine::seq).containsExactly(1L, 2L);
        assertThat(kept).extracting(StoredLogLine::level).containsExactly("INFO", "ERROR");
        assertThat(kept.getFirst().stream()).isEqualTo("stdout");
        assertThat(kept.getFirst().attempt()).isEqualTo(2);
        assertThat(kept.getFirst().attributes()).isEqualTo("{\"user\": \"ann\"}");
        assertThat(kept.getFirst().at()).hasToString("2026-08-01T10:00:00.123Z");
        assertThat(telemetry.linesAfter(run, 1, 10))
                .extracting(StoredLogLine::message)
                .containsExactly("two");
        assertThat(telemetry.newest(run).line()).isEqualTo(2);
    }

    @Test
    void dropsLinesOverTheLimitAndSaysSo() {
        List<Map<String, Object>> many =
                IntStream.range(0, 6_000).mapToObj(i -> line("line " + i, 9)).toList();

        sender().post(LOGS, request(many));
        Answer second = sender().post(LOGS, request(many));
        Answer third = sender().post(LOGS, request(many));

        assertThat(second.json()
                        .path("partialSuccess")
                        .path("rejectedLogRecords")
                        .asInt())
                .isEqualTo(2_000);
        assertThat(third.json()
                        .path("partialSuccess")
                        .path("rejectedLogRecords")
                        .asInt())
                .isEqualTo(6_000);
        assertThat(telemetry.newest(run).line()).isEqualTo(10_001);
        List<StoredLogLine> last = telemetry.linesAfter(run, 9_999, 10);
        assertThat(last).extracting(StoredLogLine::seq).containsExactly(10_000L, 10_001L);
        assertThat(last.getLast().message())
                .isEqualTo("This run wrote more than 10000 lines; further lines were dropped.");
    }

    @Test
    void cutsLongLinesBetweenCharacters() {
        sender().post(LOGS, request(List.of(line("é".repeat(20_000), 9))));

        String message = telemetry.linesAfter(run, 0, 1).getFirst().message();
        assertThat(message).startsWith("é".repeat(16_384)).endsWith("… (line of 40000 bytes was cut)");
        assertThat(message).doesNotContain("\uFFFD");
    }

    @Test
    void keepsWhatTheDatabaseCannotHold() {
        sender().post(LOGS, request(List.of(line("a\u0000b", 9))));

        assertThat(telemetry.linesAfter(run, 0, 1).getFirst().message()).isEqualTo("a\uFFFDb");
    }

    @Test
    void refusesLinesInTheNameOfAnotherRun() {
        RunId other = new RunId(IDS.next());
        Http forger = anonymous()
                .with("Authorization", "Bearer " + tokens.mint(new RunIdentity(other, environmentId("dev"))));

        Answer answer = forger.post(LOGS, request(List.of(line("forged", 9))));

        assertThat(answer.json()
                        .path("partialSuccess")
                        .path("rejectedLogRecords")
                        .asInt())
                .isEqualTo(1);
        assertThat(telemetry.linesAfter(run, 0, 10)).isEmpty();
        assertThat(telemetry.linesAfter(other, 0, 10)).isEmpty();
    }

    @Test
    void refusesStrangersAndNonsense() {
        assertThat(anonymous().post(LOGS, Map.of()).status()).isEqualTo(401);
        assertThat(api("dev").post(LOGS, Map.of()).status()).isEqualTo(401);
        assertThat(sender().postText(LOGS, "{").status()).isEqualTo(400);
        assertThat(sender().with("content-type", "application/x-protobuf")
                        .postText(LOGS, "x")
                        .status())
                .isEqualTo(400);
        assertThat(sender().with("content-encoding", "gzip")
                        .postText(LOGS, "{}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void unpacksNoMoreThanAllowed() throws IOException {
        byte[] small = pack(JsonMapper.shared().writeValueAsBytes(request(List.of(line("packed", 9)))));
        byte[] bomb = pack(new byte[8 * 1024 * 1024]);

        assertThat(sender().with("content-encoding", "gzip")
                        .postBytes(LOGS, bomb)
                        .status())
                .isEqualTo(413);
        assertThat(sender().postBytes(LOGS, new byte[5 * 1024 * 1024]).status()).isEqualTo(413);
        assertThat(sender().with("content-encoding", "gzip")
                        .postBytes(LOGS, small)
                        .status())
                .isEqualTo(200);
        assertThat(telemetry.linesAfter(run, 0, 10))
                .extracting(StoredLogLine::message)
                .containsExactly("packed");
    }

    @Test
    void keepsTheSpanInWhichALineWasWritten() {
        Map<String, Object> line = new HashMap<>(line("in a span", 9));
        line.put("spanId", "00000000000000aa");
        Map<String, Object> odd = new HashMap<>(line("odd", 9));
        odd.put("spanId", "not an id");
        sender().post(LOGS, request(List.of(line, odd)));

        assertThat(telemetry.linesAfter(run, 0, 10))
                .extracting(StoredLogLine::spanId)
                .containsExactly("00000000000000aa", null);
    }

    @Test
    void saysThatMetricsAreNotKept() {
        Answer answer = sender().post(
                        "/otel/v1/metrics",
                        Map.of(
                                "resourceMetrics",
                                List.of(Map.of("scopeMetrics", List.of(Map.of("metrics", List.of(Map.of())))))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()
                        .path("partialSuccess")
                        .path("rejectedDataPoints")
                        .asInt())
                .isEqualTo(1);
    }

    private Http sender() {
        return anonymous().with("Authorization", "Bearer " + tokens.mint(new RunIdentity(run, environmentId("dev"))));
    }

    private static Map<String, Object> request(List<Map<String, Object>> lines) {
        return Map.of("resourceLogs", List.of(Map.of("scopeLogs", List.of(Map.of("logRecords", lines)))));
    }

    private Map<String, Object> line(String message, int severity) {
        return Map.of(
                "timeUnixNano",
                "1785578400123000000",
                "severityNumber",
                severity,
                "body",
                Map.of("stringValue", message),
                "attributes",
                List.of(
                        attribute("$metadata.ctx.run.id", Map.of("stringValue", run.toString())),
                        attribute("$metadata.ctx.attempt.number", Map.of("intValue", "2")),
                        attribute("runyard.stream", Map.of("stringValue", "stdout")),
                        attribute("user", Map.of("stringValue", "ann"))));
    }

    private static Map<String, Object> attribute(String key, Object value) {
        return Map.of("key", key, "value", value);
    }

    private static byte[] pack(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
