package dev.runyard.runner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.runyard.sdk.TaskSpan;
import dev.runyard.sdk.internal.RunSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpanShipperTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final List<JsonNode> spans = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int failures;
    private volatile int failureStatus = 503;
    private HttpServer server;
    private Intake intake;
    private LogShipper log;
    private SpanShipper shipper;
    private RunSpans runSpans;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean fails = requests.incrementAndGet() <= failures;
            if (!fails) {
                mapper.readTree(body).at("/resourceSpans/0/scopeSpans/0/spans").forEach(spans::add);
            }
            exchange.sendResponseHeaders(fails ? failureStatus : 200, -1);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://localhost:" + server.getAddress().getPort());
        intake = new Intake(address, HttpClient.newHttpClient(), mapper);
        log = new LogShipper(intake, InstantSource.system());
        shipper = new SpanShipper(intake, InstantSource.system(), log);
        shipper.begin(TestExecution.first(), "token");
        runSpans = new RunSpans(shipper, InstantSource.system());
    }

    @AfterEach
    void close() {
        shipper.close();
        log.close();
        server.stop(0);
    }

    @Test
    void repeatsABatchThatFailed() {
        failures = 2;
        runSpans.span("kept").close();

        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(names()).containsExactly("kept");
        assertThat(requests).hasValue(3);
    }

    @Test
    void showsASpanThatGoesOn() {
        try (TaskSpan span = runSpans.span("long")) {
            await().atMost(LONG).until(() -> names().contains("long"));
            assertThat(spans.getFirst().path("endTimeUnixNano").asString()).isEqualTo("0");
            assertThat(spans.getFirst().path("attributes").toString()).contains("$span.partial");
            span.set("rows", 1);
        }

        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(spans).hasSize(2);
        assertThat(spans.getLast().path("spanId")).isEqualTo(spans.getFirst().path("spanId"));
        assertThat(spans.getLast().path("attributes").toString())
                .contains("rows")
                .doesNotContain("partial");
    }

    @Test
    void showsWhatIsOpenAtTheEndOfAnAttempt() {
        TaskSpan forgotten = runSpans.span("forgotten");

        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(names()).containsExactly("forgotten");
        forgotten.close();
    }

    @Test
    void dropsTheOldestSpansOfAFullBuffer() {
        failures = Integer.MAX_VALUE;
        for (int i = 0; i < BatchBuffer.MOST + 700; i++) {
            runSpans.span("span " + i).close();
        }
        failures = 0;

        assertThat(shipper.flush(LONG)).isTrue();
        // A batch of 500 may have been on its way when the buffer overflowed.
        assertThat(names()).hasSizeBetween(BatchBuffer.MOST, BatchBuffer.MOST + 500);
        assertThat(names()).endsWith("span " + (BatchBuffer.MOST + 699));
    }

    @Test
    void doesNotHoldUpARunForAServerThatIsAway() {
        failures = Integer.MAX_VALUE;
        runSpans.span("lost").close();

        assertThat(shipper.flush(Duration.ofMillis(300))).isFalse();
    }

    @Test
    void passesOverSpansThatTheServerRefuses() {
        failures = 1;
        failureStatus = 400;
        runSpans.span("refused").close();

        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(names()).isEmpty();
        runSpans.span("next").close();
        assertThat(shipper.flush(LONG)).isTrue();
        assertThat(names()).containsExactly("next");
    }

    @Test
    void sendsWhatCameBeforeTheFirstAttempt() {
        SpanShipper early = new SpanShipper(intake, InstantSource.system(), log);
        new RunSpans(early, InstantSource.system()).span("early").close();

        early.begin(TestExecution.first(), "token");

        assertThat(early.flush(LONG)).isTrue();
        assertThat(names()).containsExactly("early");
        early.close();
    }

    private List<String> names() {
        return spans.stream().map(span -> span.path("name").asString()).toList();
    }
}
