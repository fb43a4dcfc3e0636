package dev.runyard.cli.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.cli.process.ProcessLedger;
import dev.runyard.cli.process.Service;
import dev.runyard.cli.process.Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedRedisTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void keepsItsDataOverAStop() throws Exception {
        EmbeddedRedis.Settings settings = settings();
        Services first = services();
        start(first, settings);
        assertThat(ask(settings, "SET kept yes")).contains("+OK");
        first.stopAll();

        Services second = services();
        start(second, settings);
        try {
            assertThat(ask(settings, "GET kept")).contains("yes");
        } finally {
            second.stopAll();
        }
    }

    @Test
    void answersOnlyThoseWhoKnowThePassword() throws Exception {
        EmbeddedRedis.Settings settings = settings();
        Services services = services();
        start(services, settings);
        try {
            assertThat(send(settings, "GET kept\r\nQUIT\r\n")).contains("NOAUTH");
        } finally {
            services.stopAll();
        }
    }

    private EmbeddedRedis.Settings settings() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return new EmbeddedRedis.Settings(
                    folder.resolve("redis with space"), folder.resolve("redis.log"), socket.getLocalPort(), "secret");
        }
    }

    private Services services() {
        return new Services(new ProcessLedger(folder.resolve("processes")), _ -> {});
    }

    private static void start(Services services, EmbeddedRedis.Settings settings) {
        EmbeddedRedis redis = EmbeddedRedis.prepare(settings);
        Service service = services.start(redis.service());
        Awaitility.await().until(() -> redis.isReady(service));
    }

    private static String ask(EmbeddedRedis.Settings settings, String command) throws IOException {
        return send(settings, "AUTH " + settings.password() + "\r\n" + command + "\r\nQUIT\r\n");
    }

    private static String send(EmbeddedRedis.Settings settings, String lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), settings.port())) {
            socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
