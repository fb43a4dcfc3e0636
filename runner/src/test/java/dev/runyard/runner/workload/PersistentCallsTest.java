package dev.runyard.runner.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.runner.RunnerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PersistentCallsTest {
    private static final SnapshotId SNAPSHOT = new SnapshotId(3);
    private static final Completion DONE = Completion.success("run_x", "1", "application/json", 5);
    private static final String ANSWER = """
            {"result":{"attemptStatus":"RUN_FINISHED",
              "snapshot":{"id":"snapshot_4","friendlyId":"snapshot_4","executionStatus":"FINISHED","description":"d",
                          "createdAt":"2026-08-01T10:00:00.000Z","later":true},
              "run":{"id":"00000000000000000000000000","friendlyId":"run_00000000000000000000000000",
                     "status":"COMPLETED_SUCCESSFULLY"}}}""";

    private final AtomicInteger calls = new AtomicInteger();
    private Duration waited = Duration.ZERO;
    private volatile int failures;
    private volatile int failureStatus = 503;
    private volatile String shouldRetry = "";
    private HttpServer server;
    private PersistentCalls persistent;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean fails = calls.incrementAndGet() <= failures;
            if (!shouldRetry.isEmpty()) {
                exchange.getResponseHeaders().set("x-should-retry", shouldRetry);
            }
            byte[] body = (fails ? "{}" : ANSWER).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(fails ? failureStatus : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        RunnerSettings settings = RunnerSettings.from(Map.of(
                "TRIGGER_RUN_ID", "run_00000000000000000000000000",
                "TRIGGER_SNAPSHOT_ID", "snapshot_0000000003",
                "TRIGGER_SUPERVISOR_API_PROTOCOL", "http",
                "TRIGGER_SUPERVISOR_API_DOMAIN", "localhost",
                "TRIGGER_SUPERVISOR_API_PORT",
                        Integer.toString(server.getAddress().getPort()),
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost",
                "TRIGGER_DEPLOYMENT_ID", "wlt",
                "TRIGGER_RUNNER_ID", "r"));
        WorkloadClient client = new WorkloadClient(
                settings.address(),
                HttpClient.newHttpClient(),
                JsonMapper.builder().build(),
                false);
        persistent = new PersistentCalls(client, pause -> waited = waited.plus(pause), () -> waited.toNanos());
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void outlastsAnOutageOfAMinute() throws Exception {
        failures = 22;

        persistent.complete(SNAPSHOT, DONE, () -> false);

        assertThat(calls).hasValue(23);
        assertThat(waited).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(130));
    }

    @Test
    void givesUpAReportAfterTenMinutes() {
        failures = Integer.MAX_VALUE;

        assertThatExceptionOfType(WorkloadException.class)
                .isThrownBy(() -> persistent.complete(SNAPSHOT, DONE, () -> false))
                .withMessageContaining("503")
                .satisfies(e -> assertThat(e.retryable()).isTrue());
        assertThat(waited).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    }

    @Test
    void stopsWhereTheReportBecameUseless() {
        failures = Integer.MAX_VALUE;

        assertThatExceptionOfType(WorkloadException.class)
                .isThrownBy(() -> persistent.complete(SNAPSHOT, DONE, () -> calls.get() == 3));
        assertThat(calls).hasValue(3);
    }

    @Test
    void doesNotRepeatWhatWasRefused() {
        failures = Integer.MAX_VALUE;
        failureStatus = 400;

        assertThatExceptionOfType(WorkloadException.class)
                .isThrownBy(() -> persistent.complete(SNAPSHOT, DONE, () -> false))
                .satisfies(e -> assertThat(e.retryable()).isFalse());
        assertThat(calls).hasValue(1);
    }

    @Test
    void letsTheServerDecide() throws Exception {
        failures = 1;
        failureStatus = 409;
        shouldRetry = "false";
        assertThatExceptionOfType(WorkloadException.class).isThrownBy(() -> persistent.start(SNAPSHOT));

        calls.set(0);
        failureStatus = 400;
        shouldRetry = "true";
        persistent.complete(SNAPSHOT, DONE, () -> false);
        assertThat(calls).hasValue(2);
    }
}
