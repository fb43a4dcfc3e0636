package dev.runyard.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The embedded server.
final class RedisProcess implements RedisServer {
    private final int port;
    private final @Nullable Path aofFolder;
    private @Nullable Process server;

    RedisProcess(int port, @Nullable Path aofFolder) {
        this.port = port;
        this.aofFolder = aofFolder;
    }

    @Override
    public void start() {
        List<String> command = new ArrayList<>(List.of(RedisBinary.find().toString(), "--port", String.valueOf(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--loglevel", "warning"));
        if (aofFolder == null) {
            command.addAll(List.of("--appendonly", "no", "--dir", System.getProperty("java.io.tmpdir")));
        } else {
            command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always", "--dir", aofFolder.toString()));
        }
        try {
            server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill() {
        Process running = server;
        server = null;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        try {
            running.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isAlive() {
        return server != null && server.isAlive();
    }
}
