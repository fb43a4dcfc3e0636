package dev.runyard.runner.wait;

import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.runner.lease.RunWatch;
import dev.runyard.sdk.AttemptStoppedException;
import dev.runyard.sdk.ConcurrentWaitException;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.internal.WaitGate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the run wait: asks for news until the run executes again and has what it waited for. The supervisor answers from
 * memory while there are none, so that asking often costs nothing.
 *
 * <p>A run has one state, so that it cannot wait for two things in turns of their own: a second wait is refused.
 */
public final class OneWaitAtATime implements WaitGate {
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(500);

    private final RunWatch watch;
    private final Pacer pacer;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Wait> current = new AtomicReference<>();
    private final AtomicLong waited = new AtomicLong();

    /**
     * @param watch knows what the run got
     * @param pacer waits between looks
     * @param nanoTime monotonic clock
     */
    public OneWaitAtATime(RunWatch watch, Pacer pacer, LongSupplier nanoTime) {
        this.watch = watch;
        this.pacer = pacer;
        this.nanoTime = nanoTime;
    }

    @Override
    public List<CompletedWaitpoint> await(String what, Supplier<Predicate<CompletedWaitpoint>> begin) {
        Wait mine = new Wait(what, Thread.currentThread().getName(), nanoTime.getAsLong());
        Wait other = current.compareAndExchange(null, mine);
        if (other != null) {
            throw new ConcurrentWaitException(
                    "Thread %s cannot wait for %s, because thread %s waits for %s. Waits of a run come one after the other; use batchTriggerAndWait to wait for several runs at once"
                            .formatted(mine.thread(), what, other.thread(), other.what()));
        }
        try {
            watch.forgetArrived();
            watch.waits(true);
            List<CompletedWaitpoint> arrived = untilArrived(begin.get());
            watch.endWait();
            return arrived;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AttemptStoppedException("The attempt was stopped while it waited for " + what);
        } finally {
            watch.waits(false);
            waited.addAndGet(nanoTime.getAsLong() - mine.begin());
            current.set(null);
        }
    }

    /** Forgets the waits of an earlier attempt. */
    public void beginAttempt() {
        waited.set(0);
    }

    /** Returns how long the attempt has waited in total, in nanoseconds. */
    public long waitedNanos() {
        Wait now = current.get();
        return waited.get() + (now == null ? 0 : nanoTime.getAsLong() - now.begin());
    }

    private List<CompletedWaitpoint> untilArrived(Predicate<CompletedWaitpoint> wanted) throws InterruptedException {
        Duration pause = FIRST_LOOK;
        while (true) {
            watch.look();
            Optional<List<CompletedWaitpoint>> arrived = watch.arrived(wanted);
            if (arrived.isPresent()) {
                return arrived.get();
            }
            pacer.pause(pause);
            Duration slower = pause.multipliedBy(5).dividedBy(4);
            pause = slower.compareTo(SLOWEST_LOOK) > 0 ? SLOWEST_LOOK : slower;
        }
    }

    /**
     * @param what names it for people
     * @param thread which waits
     * @param begin since when
     */
    private record Wait(String what, String thread, long begin) {}
}
