package dev.runyard.runner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.internal.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogShipperTest {
    private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(20);

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final List<JsonNode> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int failures;
    private volatile int failureStatus = 503;
    private HttpServer server;
    private LogShipper shipper;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/otel/v1/logs", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean fails = requests.incrementAndGet() <= failures;
            if (!fails) {
                mapper.readTree(body)
                        .at("/resourceLogs/0/scopeLogs/0/logRecords")
                        .forEach(lines::add);
            }
            exchange.sendResponseHeaders(fails ? failureStatus : 200, -1);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/otel/");
        shipper = new LogShipper(new Intake(address, HttpClient.newHttpClient(), mapper), InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        shipper.close();
        server.stop(0);
    }

    @Test
    void keepsEarlyLinesAndTheirOrder() {
        for (int i = 0; i < 2_000; i++) {
            log("line " + i);
        }
        begin();

        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(messages()).hasSize(2_000).startsWith("line 0", "line 1").endsWith("line 1998", "line 1999");
        assertThat(lines.stream().map(line -> line.path("timeUnixNano").asLong()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(requests.get()).isLessThan(20);
    }

    @Test
    void sendsWithoutBeingFlushed() {
        begin();
        log("soon");

        await().atMost(Duration.ofSeconds(5)).until(() -> messages().contains("soon"));
    }

    @Test
    void repeatsABatchThatFailed() {
        failures = 2;
        begin();
        log("kept");

        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(messages()).containsExactly("kept");
        assertThat(requests).hasValue(3);
    }

    @Test
    void dropsTheOldestLinesOfAFullBufferAndSaysHowMany() {
        for (int i = 0; i < BatchBuffer.MOST + 7; i++) {
            log("line " + i);
        }
        begin();

        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(messages())
                .hasSize(BatchBuffer.MOST + 1)
                .startsWith("line 7")
                .endsWith("7 log lines could not be sent and were dropped");
    }

    @Test
    void boundsTheMemoryOfLongLines() {
        String megabyte = "x".repeat(1 << 20);
        for (int i = 0; i < 200; i++) {
            log(megabyte);
        }
        begin();

        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(lines.size()).isLessThan(100);
        assertThat(messages().getFirst()).hasSizeLessThan(140_000).contains("more characters");
        assertThat(messages().getLast()).contains("were dropped");
    }

    @Test
    void countsLinesThatTheServerRefuses() {
        failures = 1;
        failureStatus = 400;
        begin();
        log("refused");

        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(messages()).containsExactly("1 log lines could not be sent and were dropped");
    }

    @Test
    void doesNotHoldUpARunForAServerThatIsAway() {
        failures = Integer.MAX_VALUE;
        begin();
        log("lost");

        assertThat(shipper.flush(Duration.ofMillis(300))).isFalse();
    }

    @Test
    void splitsStreamsIntoLines() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        ByteArrayOutputStream container = new ByteArrayOutputStream();
        LineSplitter splitter = new LineSplitter(
                container, LogLine.Stream.STDOUT, line -> seen.add(line.message()), InstantSource.fixed(NOW));
        try (PrintStream out = new PrintStream(splitter, true, StandardCharsets.UTF_8)) {
            out.print("a");
            out.println("b → ü");
            out.print("windows\r\n\nlast");
            splitter.finishLine();
        }

        assertThat(seen).containsExactly("ab → ü", "windows", "", "last");
        assertThat(container.toString(StandardCharsets.UTF_8))
                .startsWith("ab → ü")
                .endsWith("windows\r\n\nlast");
    }

    private void log(String message) {
        shipper.accept(new LogLine(NOW, LogLevel.INFO, LogLine.Stream.STDOUT, message, Map.of()));
    }

    private List<String> messages() {
        return lines.stream()
                .map(line -> line.path("body").path("stringValue").asString())
                .toList();
    }

    private void begin() {
        shipper.begin(TestExecution.first(), "token");
    }
}
