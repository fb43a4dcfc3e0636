package dev.runyard.cli.up;

import dev.runyard.cli.console.Console;
import dev.runyard.cli.process.LogTail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Shows on the console what the servers warn of.
final class FollowLogs implements AutoCloseable {
    private static final long PERIOD_MS = 300;

    private final Console console;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("follow-logs").factory());

    FollowLogs(Console console) {
        this.console = console;
    }

    void follow(String name, Path log) throws IOException {
        LogTail tail = new LogTail(log, line -> ShortLine.of(line).ifPresent(text -> console.part(name, text)));
        var _ = timer.scheduleWithFixedDelay(() -> read(name, tail), PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void read(String name, LogTail tail) {
        try {
            tail.read();
        } catch (IOException e) {
            console.part(name, "its log cannot be read: " + e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
