package dev.runyard.worker.dev;

import dev.runyard.sdk.internal.LogLine;
import dev.runyard.worker.WorkerListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Shows in the terminal what runs do. */
final class TerminalLog implements WorkerListener {
    private final PrintStream terminal;

    TerminalLog(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void taken(String run) {
        print("%s  began".formatted(run));
    }

    @Override
    public void line(String task, String run, LogLine line) {
        print("%s  %s  %s".formatted(run, task, text(line)));
    }

    @Override
    public void attemptEnded(String task, String run, boolean succeeded, Duration took) {
        print("%s  %s  %s after %d ms".formatted(run, task, succeeded ? "succeeded" : "failed", took.toMillis()));
    }

    @Override
    public void problem(String sentence) {
        print(sentence);
    }

    /** A line that belongs to no run. */
    void processLine(LogLine line) {
        print(text(line));
    }

    private static String text(LogLine line) {
        String level = line.level().name().toLowerCase(Locale.ROOT);
        String attributes = line.attributes().isEmpty() ? "" : "  " + line.attributes();
        return level + "  " + line.message() + attributes;
    }

    private synchronized void print(String text) {
        terminal.println(text);
        terminal.flush();
    }
}
