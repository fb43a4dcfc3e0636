package dev.runyard.worker;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the runs of a worker.
 *
 * <p>A run that waits does not count, or a worker for one run could never execute the child that this run waits for. When
 * it goes on it does not wait for a slot again, so that for a while more runs than the limit may run.
 */
final class Slots {
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int running;
    private int waiting;
    private boolean closed;

    Slots(int limit) {
        this.limit = limit;
    }

    /** Waits until a run may start; returns how many may, or 0 where none may start any more. */
    int awaitFree() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && running >= limit) {
                changed.await();
            }
            return closed ? 0 : limit - running;
        } finally {
            lock.unlock();
        }
    }

    void begin() {
        change(1, 0);
    }

    void end() {
        change(-1, 0);
    }

    void beginWait() {
        change(-1, 1);
    }

    void endWait() {
        change(1, -1);
    }

    /** Lets no run start any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no run is left; false where some are after that time. */
    boolean awaitNone(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (running + waiting > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return running + waiting == 0;
        } finally {
            lock.unlock();
        }
    }

    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void change(int more, int moreWaiting) {
        lock.lock();
        try {
            running += more;
            waiting += moreWaiting;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
