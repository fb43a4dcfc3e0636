package dev.runyard.supervisor.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.supervisor.config.Secret;
import dev.runyard.supervisor.pace.Pacer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class PlatformClientTest {
    private static final RunId RUN = new RunId(new UUID(1, 2));
    private static final String CONNECTED = "{\"ok\":true,\"workerGroup\":{\"type\":\"MANAGED\",\"name\":\"main\"}}";

    /// What the server answers next.
    record Reply(int status, String body, Map<String, String> headers) {
        static Reply of(int status, String body) {
            return new Reply(status, body, Map.of());
        }
    }

    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            try (exchange) {
                authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
                Reply reply = replies.isEmpty() ? Reply.of(500, "nothing to say") : replies.remove();
                reply.headers().forEach(exchange.getResponseHeaders()::add);
                byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void triesAgainWithGrowingPauses() {
        replies.add(Reply.of(503, "{}"));
        replies.add(Reply.of(429, "{}"));
        replies.add(Reply.of(200, CONNECTED));

        assertThat(client("token").connect(Map.of()).workerGroup().name()).isEqualTo("main");

        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_000));
    }

    @Test
    void givesUpAfterFiveTries() {
        assertThatThrownBy(() -> client("token").connect(Map.of()))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.status()).isEqualTo(500));

        assertThat(authorizations).hasSize(5);
    }

    @Test
    void doesNotRepeatWhatIsFinal() {
        replies.add(Reply.of(400, "{\"error\":\"no\"}"));

        assertThatThrownBy(() -> client("token").connect(Map.of())).hasMessageContaining("400 {\"error\":\"no\"}");

        assertThat(authorizations).hasSize(1);
    }

    @Test
    void heedsWhatTheServerSaysOfRetries() {
        replies.add(new Reply(500, "{}", Map.of("x-should-retry", "false")));

        assertThatThrownBy(() -> client("token").connect(Map.of())).isInstanceOf(PlatformException.class);

        assertThat(authorizations).hasSize(1);
    }

    @Test
    void tellsAnUnknownRunFromAFailure() {
        replies.add(Reply.of(404, "{}"));

        assertThat(client("token").latest(RUN)).isEmpty();
    }

    @Test
    void skipsAMessageThatItCannotRead() {
        replies.add(Reply.of(200, "[{\"version\":\"1\",\"run\":7}]"));

        assertThat(client("token").dequeue(new DequeueRequest(null, 1, 0L), Duration.ZERO))
                .isEmpty();
    }

    @Test
    void readsARotatedTokenFromItsFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "old");
        PlatformClient client = client(file.toUri().toString());
        Files.writeString(file, "new");
        replies.add(Reply.of(401, "{}"));
        replies.add(Reply.of(200, CONNECTED));

        assertThatThrownBy(() -> client.connect(Map.of())).hasMessageContaining("401");
        client.connect(Map.of());

        assertThat(authorizations).containsExactly("Bearer old", "Bearer new");
    }

    @Test
    void saysThatTheWebappCannotBeReached() {
        server.stop(0);

        assertThatThrownBy(() -> client("token").connect(Map.of()))
                .isInstanceOfSatisfying(PlatformException.class, failure -> {
                    assertThat(failure.status()).isZero();
                    assertThat(failure.isRetryable()).isTrue();
                });
    }

    private PlatformClient client(String token) {
        Pacer pacer = pauses::add;
        WorkerToken workerToken = WorkerToken.await(new Secret(token), Duration.ZERO, InstantSource.system(), pacer);
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new PlatformClient(
                new PlatformHttp(address, new PlatformHttp.Credentials(workerToken, "test", null)),
                JsonMapper.builder().build(),
                Duration.ofSeconds(5),
                pacer);
    }
}
