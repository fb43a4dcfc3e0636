package dev.runyard.cli.dev;

import dev.runyard.cli.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;

/// A session on a thread, and what it printed.
final class Session implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Thread thread;
    private int seen;

    Session(DevProject project, DevTarget target, DevOptions options) {
        Console console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
        this.thread = Thread.ofPlatform().start(() -> new RunDev(project, target, options, console).run());
    }

    /// Waits until it prints a text that it did not print before the last call.
    void await(String text) {
        Awaitility.await("the session prints `" + text + "`")
                .atMost(PATIENCE)
                .until(() -> output().indexOf(text, seen) >= 0);
        seen = output().indexOf(text, seen) + text.length();
    }

    String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
