package dev.runyard.runner.telemetry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A bounded queue of lines or spans: where it is full the oldest go, because the newest tell how the task ended.
 * Thread-safe.
 *
 * @param <T> what waits in it
 */
final class BatchBuffer<T> {
    static final int MOST = 10_000;
    static final int MOST_CHARACTERS = 8 * 1024 * 1024;
    private static final int BATCH = 500;
    private static final int BATCH_CHARACTERS = 1024 * 1024;
    private static final int WORTH_SENDING = 100;

    private final ToIntFunction<T> weigh;
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private long characters;
    private long dropped;
    private boolean hurried;

    /** @param weigh tells roughly how many characters one holds */
    BatchBuffer(ToIntFunction<T> weigh) {
        this.weigh = weigh;
    }

    synchronized void add(T one) {
        waiting.addLast(one);
        characters += weigh.applyAsInt(one);
        while (waiting.size() > MOST || characters > MOST_CHARACTERS) {
            characters -= weigh.applyAsInt(waiting.removeFirst());
            dropped++;
        }
        if (waiting.size() == WORTH_SENDING) {
            notifyAll();
        }
    }

    /** Waits until there are enough for a batch, somebody is in a hurry, or the time is over. */
    synchronized void awaitWork(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (waiting.size() < WORTH_SENDING && !hurried) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Takes the oldest, up to a batch. */
    synchronized List<T> take() {
        List<T> batch = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && batch.size() < BATCH && size < BATCH_CHARACTERS) {
            T one = waiting.removeFirst();
            characters -= weigh.applyAsInt(one);
            size += weigh.applyAsInt(one);
            batch.add(one);
        }
        return batch;
    }

    synchronized void hurry(boolean on) {
        hurried = on;
        notifyAll();
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    synchronized void countDropped(int count) {
        dropped += count;
    }

    /** Returns how many were dropped since the last call. */
    synchronized long takeDropped() {
        long count = dropped;
        dropped = 0;
        return count;
    }
}
