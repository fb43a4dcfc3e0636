package dev.runyard.cli.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Prints lines, and shows how long a step has been going on: in place on a terminal, as a line now and then elsewhere.
/// Thread-safe.
public final class Console {
    private static final String CLEAR_LINE = "\r\u001B[K";
    private static final Duration TERMINAL_PERIOD = Duration.ofSeconds(1);
    private static final Duration LOG_PERIOD = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean terminal;
    private @Nullable String status;

    public Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// Returns the console of this process.
    public static Console ofProcess() {
        return new Console(
                System.out, System.console() != null && System.console().isTerminal());
    }

    /// Prints a line.
    public synchronized void line(String text) {
        if (terminal && status != null) {
            out.print(CLEAR_LINE);
        }
        out.println(text);
        if (terminal && status != null) {
            out.print(status);
        }
        out.flush();
    }

    /// Prints the name of a part and what is to be said of it, in columns.
    public void part(String name, String text) {
        line(row(name, text));
    }

    /// Says how many there are, such as `1 task` and `2 tasks`.
    ///
    /// @param noun one of them; its plural ends with an s
    public static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /// Does some work while the console shows for how long.
    public <T> T during(String name, String doing, Callable<T> work) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Thread ticker = Thread.ofVirtual().start(() -> tick(row(name, doing), done));
        try {
            return work.call();
        } finally {
            done.countDown();
            ticker.join();
        }
    }

    private void tick(String text, CountDownLatch done) {
        Duration period = terminal ? TERMINAL_PERIOD : LOG_PERIOD;
        try {
            if (terminal) {
                show(text);
            }
            for (long rounds = 1; !done.await(period.toMillis(), TimeUnit.MILLISECONDS); rounds++) {
                show(text + " " + rounds * period.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hide();
        }
    }

    private synchronized void show(String text) {
        if (terminal) {
            status = text;
            out.print(CLEAR_LINE + text);
        } else {
            out.println(text);
        }
        out.flush();
    }

    private synchronized void hide() {
        if (terminal && status != null) {
            out.print(CLEAR_LINE);
            out.flush();
        }
        status = null;
    }

    private static String row(String name, String text) {
        return "  %-12s %s".formatted(name, text);
    }
}
