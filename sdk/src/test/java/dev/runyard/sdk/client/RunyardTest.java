package dev.runyard.sdk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.run.RunError;
import dev.runyard.sdk.run.RunFailedException;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.sdk.run.TriggerOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunyardTest {
    private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");
    private static final String RUN = """
            {"id":"run_1","taskIdentifier":"greet","status":"%s","createdAt":"2026-08-01T10:00:00.000Z",
             "updatedAt":"2026-08-01T10:00:00.000Z","tags":["a"],"durationMs":12,"attemptCount":1,"isTest":false%s}""";
    private static final TaskReference<Greeting, Reply> GREET =
            TaskReference.to("shop/greet now", Greeting.class, Reply.class);

    private final List<Duration> pauses = new ArrayList<>();
    private FakeApi api;
    private Runyard runyard;

    record Greeting(String name) {}

    record Reply(String message) {}

    @BeforeEach
    void connect() throws IOException {
        api = new FakeApi();
        runyard = new Runyard(ClientConfig.of(api.url(), "tr_dev_x"), pauses::add, InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        runyard.close();
        api.close();
    }

    @Test
    void triggersWithOptions() {
        api.answer(200, "{\"id\":\"run_1\",\"isCached\":true}");

        RunHandle<Reply> handle = runyard.trigger(
                GREET,
                new Greeting("Ada"),
                TriggerOptions.none()
                        .idempotencyKey("once", Duration.ofHours(1))
                        .delay(Duration.ofMinutes(90))
                        .ttl(Duration.ofMillis(1_500))
                        .queue("q")
                        .tags("x", "y")
                        .priority(Duration.ofMillis(2_500))
                        .machine(MachinePreset.SMALL_2X)
                        .metadata(Map.of("k", 1)));

        assertThat(handle.id()).isEqualTo("run_1");
        assertThat(handle.isCached()).isTrue();
        FakeApi.Request request = api.requests.getFirst();
        assertThat(request.path()).isEqualTo("/api/v1/tasks/shop%2Fgreet%20now/trigger");
        assertThat(request.authorization()).isEqualTo("Bearer tr_dev_x");
        assertThat(request.body())
                .contains("\"payload\":\"{\\\"name\\\":\\\"Ada\\\"}\"")
                .contains("\"payloadType\":\"application/json\"")
                .contains("\"idempotencyKey\":\"once\"", "\"idempotencyKeyTTL\":\"3600s\"")
                .contains("\"delay\":\"1h30m\"", "\"ttl\":\"2s\"", "\"queue\":{\"name\":\"q\"}")
                .contains("\"tags\":[\"x\",\"y\"]", "\"priority\":2.5", "\"machine\":\"small-2x\"")
                .contains("\"metadata\":\"{\\\"k\\\":1}\"")
                .doesNotContain("null");
    }

    @Test
    void repeatsWhatMaySucceedLaterUnderOneKey() {
        api.answer(503, "{\"error\":\"starting\"}").answer(500, "oops").answer(200, "{\"id\":\"run_1\"}");

        runyard.trigger(GREET, new Greeting("Ada"));

        assertThat(pauses).containsExactly(Duration.ofMillis(1_000), Duration.ofMillis(1_600));
        assertThat(api.requests)
                .extracting(FakeApi.Request::idempotencyKey)
                .hasSize(3)
                .containsOnly(api.requests.getFirst().idempotencyKey());
    }

    @Test
    void givesUpAfterFiveTries() {
        for (int i = 0; i < 6; i++) {
            api.answer(500, "{\"error\":\"down\"}");
        }

        assertThatExceptionOfType(ApiException.ServerFailed.class)
                .isThrownBy(() -> runyard.trigger(GREET, new Greeting("Ada")))
                .withMessage("500 down")
                .satisfies(e -> assertThat(e.retryable()).isTrue());
        assertThat(api.requests).hasSize(5);
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(1_000L, 1_600L, 2_560L, 4_096L);
    }

    @Test
    void letsTheServerDecideWhetherToRepeat() {
        api.answer(500, "{\"error\":\"broken for good\"}", Map.of("x-should-retry", "false"));
        assertThatExceptionOfType(ApiException.ServerFailed.class)
                .isThrownBy(() -> runyard.runs().retrieve("run_1"));

        api.answer(404, "{\"error\":\"Not found\"}", Map.of("x-should-retry", "true"))
                .answer(200, RUN.formatted("QUEUED", ""));
        assertThat(runyard.runs().retrieve("run_1").status()).isEqualTo(RunStatus.QUEUED);
        assertThat(api.requests).hasSize(3);
    }

    @Test
    void waitsAsLongAsTheRateLimitSays() {
        long reset = NOW.plusSeconds(20).toEpochMilli();
        api.answer(429, "{\"error\":\"slow down\"}", Map.of("x-ratelimit-reset", Long.toString(reset)))
                .answer(200, "{\"id\":\"run_1\"}");

        runyard.trigger(GREET, new Greeting("Ada"));

        assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
    }

    @Test
    void givesEachRefusalItsType() {
        api.answer(401, "{\"error\":\"Invalid API key\"}")
                .answer(404, "{\"error\":\"Not found\"}")
                .answer(422, "{\"error\":\"too many tags\"}")
                .answer(413, "");

        assertThatExceptionOfType(ApiException.NotAuthenticated.class)
                .isThrownBy(() -> runyard.runs().retrieve("run_1"))
                .withMessage("401 Invalid API key")
                .satisfies(e -> assertThat(e.status()).hasValue(401));
        assertThatExceptionOfType(ApiException.NotFound.class)
                .isThrownBy(() -> runyard.runs().retrieve("run_1"));
        assertThatExceptionOfType(ApiException.Unprocessable.class)
                .isThrownBy(() -> runyard.trigger(GREET, new Greeting("Ada")));
        assertThatExceptionOfType(ApiException.TooLarge.class)
                .isThrownBy(() -> runyard.trigger(GREET, new Greeting("Ada")))
                .withMessage("413 status code (no body)");
        assertThat(api.requests).hasSize(4);
    }

    @Test
    void saysThatTheServerCannotBeReached() {
        String url = api.url();
        api.close();

        assertThatExceptionOfType(ApiException.ConnectionFailed.class)
                .isThrownBy(() -> runyard.runs().retrieve("run_1"))
                .withMessageContaining(url)
                .satisfies(e -> assertThat(e.status()).isEmpty());
        assertThat(pauses).hasSize(4);
    }

    @Test
    void saysThatTheAddressIsNotTheServers() {
        api.answer(200, "<html>hello</html>");

        assertThatExceptionOfType(ApiException.Unexpected.class)
                .isThrownBy(() -> runyard.runs().retrieve("run_1"))
                .withMessageContaining("other than JSON");

        api.answer(200, "{}");
        assertThatExceptionOfType(ApiException.Unexpected.class)
                .isThrownBy(() -> runyard.trigger(GREET, new Greeting("Ada")))
                .withMessageContaining("names no run");
    }

    @Test
    void awaitsATypedOutput() {
        api.answer(200, "{\"id\":\"run_1\"}")
                .answer(200, RUN.formatted("QUEUED", ""))
                .answer(200, RUN.formatted("EXECUTING", ""))
                .answer(200, RUN.formatted("COMPLETED", ",\"output\":{\"message\":\"Hello Ada\"}"));

        RunResult<Reply> result = runyard.triggerAndAwait(GREET, new Greeting("Ada"), Duration.ofMinutes(1));

        assertThat(result).isEqualTo(new RunResult.Completed<>("run_1", new Reply("Hello Ada")));
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(150));
    }

    @Test
    void tellsHowARunEnded() {
        String error = ",\"error\":{\"message\":\"no\",\"name\":\"X\",\"stackTrace\":\"X: no\"}";
        api.answer(200, RUN.formatted("CRASHED", error))
                .answer(200, RUN.formatted("CANCELED", ""))
                .answer(200, RUN.formatted("EXPIRED", ""))
                .answer(200, RUN.formatted("TIMED_OUT", error));

        assertThat(await())
                .isEqualTo(new RunResult.Failed<>("run_1", RunStatus.CRASHED, new RunError("no", "X", "X: no")));
        assertThat(await()).isEqualTo(new RunResult.Canceled<>("run_1"));
        assertThat(await()).isEqualTo(new RunResult.Expired<>("run_1"));
        RunResult<Reply> timedOut = await();
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(timedOut::outputOrThrow)
                .withMessage("Run run_1 took too long: no");
    }

    @Test
    void stopsWaitingWhenPatienceIsOver() {
        api.answer(200, RUN.formatted("EXECUTING", ""));

        assertThatExceptionOfType(AwaitTimeoutException.class)
                .isThrownBy(() -> runyard.runs().await("run_1", Duration.ZERO))
                .withMessageContaining("run_1 was still EXECUTING");
    }

    @Test
    void listsPageByPage() {
        String page = "{\"data\":[%s],\"pagination\":{%s}}";
        api.answer(200, page.formatted(RUN.formatted("QUEUED", ""), "\"next\":\"c1\""))
                .answer(200, page.formatted(RUN.formatted("FAILED", ""), ""));

        List<Run> runs = runyard.runs().stream(RunQuery.all()
                        .status(RunStatus.QUEUED, RunStatus.FAILED)
                        .tasks("greet")
                        .pageSize(1))
                .toList();

        assertThat(runs).extracting(Run::status).containsExactly(RunStatus.QUEUED, RunStatus.FAILED);
        assertThat(api.requests.getLast().path())
                .isEqualTo("/api/v1/runs?filter%5Bstatus%5D=QUEUED%2CFAILED&filter%5BtaskIdentifier%5D=greet"
                        + "&page%5Bsize%5D=1&page%5Bafter%5D=c1");
    }

    @Test
    void cancelsAndReplays() {
        api.answer(200, "{\"id\":\"run_1\"}").answer(200, "{\"id\":\"run_2\"}");

        runyard.runs().cancel("run_1");

        assertThat(runyard.runs().replay("run_1")).isEqualTo("run_2");
        assertThat(api.requests)
                .extracting(FakeApi.Request::path)
                .containsExactly("/api/v2/runs/run_1/cancel", "/api/v1/runs/run_1/replay");
    }

    @Test
    void keepsTheKeyOutOfItsText() {
        assertThat(ClientConfig.of("https://example.com", "tr_prod_secret").toString())
                .doesNotContain("tr_prod_secret");
    }

    private RunResult<Reply> await() {
        return new RunHandle<Reply>("run_1", false, Reply.class, runyard.runs()).await(Duration.ofSeconds(1));
    }
}
