package dev.runyard.runner.logs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A bounded queue of lines: where it is full the oldest go, because the newest tell how the task ended. Thread-safe. */
final class LineBuffer {
    static final int MOST_LINES = 10_000;
    static final int MOST_CHARACTERS = 8 * 1024 * 1024;
    private static final int BATCH_LINES = 500;
    private static final int BATCH_CHARACTERS = 1024 * 1024;
    private static final int WORTH_SENDING = 100;

    private final ArrayDeque<BufferedLine> lines = new ArrayDeque<>();
    private long characters;
    private long dropped;
    private boolean hurried;

    synchronized void add(BufferedLine line) {
        lines.addLast(line);
        characters += line.weight();
        while (lines.size() > MOST_LINES || characters > MOST_CHARACTERS) {
            characters -= lines.removeFirst().weight();
            dropped++;
        }
        if (lines.size() == WORTH_SENDING) {
            notifyAll();
        }
    }

    /** Waits until there are enough lines for a batch, somebody is in a hurry, or the time is over. */
    synchronized void awaitWork(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (lines.size() < WORTH_SENDING && !hurried) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Takes the oldest lines, up to a batch. */
    synchronized List<BufferedLine> take() {
        List<BufferedLine> batch = new ArrayList<>();
        long size = 0;
        while (!lines.isEmpty() && batch.size() < BATCH_LINES && size < BATCH_CHARACTERS) {
            BufferedLine line = lines.removeFirst();
            characters -= line.weight();
            size += line.weight();
            batch.add(line);
        }
        return batch;
    }

    synchronized void hurry(boolean on) {
        hurried = on;
        notifyAll();
    }

    synchronized boolean isEmpty() {
        return lines.isEmpty();
    }

    synchronized void countDropped(int count) {
        dropped += count;
    }

    /** Returns how many lines were dropped since the last call. */
    synchronized long takeDropped() {
        long count = dropped;
        dropped = 0;
        return count;
    }
}
