package dev.runyard.sdk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.testing.InlineRun;
import dev.runyard.sdk.testing.InlineRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryingHttpTest {
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int status = statuses.isEmpty() ? 200 : statuses.removeFirst();
            if (status == 429) {
                exchange.getResponseHeaders().set("retry-after", "30");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        client.shutdownNow();
    }

    @Test
    void repeatsWhatMaySucceedLaterAndObeysTheServer() {
        statuses.addAll(List.of(503, 429));

        InlineRun<Integer> run = call(RetryingHttp.with(client).retry(Retry.fixed(3, Duration.ofSeconds(2))), port());

        assertThat(run.output()).isEqualTo(200);
        assertThat(run.waits()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(30));
        assertThat(run.lines().getFirst().message()).contains("answered 503; trying again in 2000 ms");
    }

    @Test
    void returnsTheLastAnswerAndWhatIsNotRepeated() {
        statuses.addAll(List.of(500, 500, 404));

        assertThat(call(RetryingHttp.with(client).retry(Retry.fixed(2, Duration.ZERO)), port())
                        .output())
                .isEqualTo(500);
        assertThat(call(RetryingHttp.with(client), port()).output()).isEqualTo(404);
        statuses.add(404);
        assertThat(call(RetryingHttp.with(client).repeating(status -> status == 404), port())
                        .output())
                .isEqualTo(200);
    }

    @Test
    void throwsWhereNobodyAnswers() {
        int port = port();
        server.stop(0);

        InlineRun<Integer> run = call(RetryingHttp.with(client).retry(Retry.fixed(3, Duration.ofSeconds(1))), port);

        assertThat(run.succeeded()).isFalse();
        assertThat(run.waits()).hasSize(2);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static InlineRun<Integer> call(RetryingHttp http, int port) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port)).build();
        Task<String, Integer> task = Task.define("caller")
                .input(String.class)
                .output(Integer.class)
                .retry(Retry.none())
                .run((text, context) ->
                        http.send(context, request, BodyHandlers.discarding()).statusCode());
        return InlineRunner.create().run(task, "x");
    }
}
