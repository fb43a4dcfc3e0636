package dev.runyard.supervisor.testing;

import dev.runyard.supervisor.SupervisorApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// A whole supervisor inside the test's JVM.
public final class TestSupervisor implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final int port;

    private TestSupervisor(ConfigurableApplicationContext context, int port) {
        this.context = context;
        this.port = port;
    }

    /// Starts one with the times of a test.
    public static TestSupervisor start(FakeWebapp webapp, Path state, String... settings) {
        return start(freePort(), webapp, state, settings);
    }

    /// Starts one on a given port, where the workloads of an earlier one look for it.
    public static TestSupervisor start(int port, FakeWebapp webapp, Path state, String... settings) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "port", String.valueOf(port),
                "webapp-url", webapp.url(),
                "worker-token", FakeWebapp.TOKEN,
                "state-folder", state.toString(),
                "timing.dequeue-timeout", "1s",
                "timing.idle-pause", "50ms",
                "timing.stop-grace", "1s",
                "timing.moved-on-grace", "200ms",
                "timing.drain-timeout", "3s"));
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        String[] options = all.entrySet().stream()
                .map(setting -> "--runyard.supervisor." + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new TestSupervisor(SpringApplication.run(SupervisorApplication.class, options), port);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
