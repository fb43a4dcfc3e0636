package dev.runyard.engine.timer;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fires timers when they are due.
///
/// The rows in the database are the truth; this object only knows when the next one is due, so that it need
/// not look often. Every webapp fires every timer: whoever is second finds a run that moved on.
public final class TimerWheel {
    private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);
    private static final int BATCH = 200;

    private final TimerRepository timers;
    private final SyncPoints syncPoints;
    private final int atOnce;
    private final InstantSource clock;
    private final AtomicReference<Instant> nextDue = new AtomicReference<>(Instant.MIN);
    private final Map<Timer.Kind, TimerHandler> handlers = new EnumMap<>(Timer.Kind.class);
    private volatile Runnable onEarlier = () -> {};

    /// @param atOnce most timers that fire at the same time; with 1 they fire in the order of their times
    public TimerWheel(TimerRepository timers, SyncPoints syncPoints, int atOnce, InstantSource clock) {
        this.timers = timers;
        this.syncPoints = syncPoints;
        this.atOnce = atOnce;
        this.clock = clock;
    }

    /// Says who fires timers of the given kinds. Kinds that nobody handles stay for a newer server that
    /// knows them.
    public void handle(TimerHandler handler, Timer.Kind... kinds) {
        for (Timer.Kind kind : kinds) {
            handlers.put(kind, handler);
        }
    }

    /// Sets what to call when a timer is armed that is due before all others.
    public void onEarlier(Runnable wakeUp) {
        this.onEarlier = wakeUp;
    }

    /// Hears of a timer that was committed.
    public void armed(Timer timer) {
        Instant before = nextDue.getAndAccumulate(timer.dueAt(), (a, b) -> a.isBefore(b) ? a : b);
        if (timer.dueAt().isBefore(before)) {
            onEarlier.run();
        }
    }

    /// Returns how long nothing is due, at most the given time.
    public Duration untilNext(Duration atMost) {
        Instant now = clock.instant();
        Instant next = nextDue.get();
        if (!next.isAfter(now)) {
            return Duration.ZERO;
        }
        return next.isAfter(now.plus(atMost)) ? atMost : Duration.between(now, next);
    }

    /// Returns how long the most overdue timer is due.
    public Duration lag() {
        Instant now = clock.instant();
        return timers.findNextDue(handlers.keySet())
                .filter(due -> due.isBefore(now))
                .map(due -> Duration.between(due, now))
                .orElse(Duration.ZERO);
    }

    /// Fires all timers that are due; returns how many caused a transition.
    public int fireDue() {
        int fired = 0;
        Instant begin = clock.instant();
        List<Timer> due = timers.findDue(handlers.keySet(), begin, BATCH);
        if (due.isEmpty() && nextDue.get().isAfter(begin)) {
            // Timers of other engines are found by the next look; which of ours is next has not changed.
            return 0;
        }
        while (!due.isEmpty()) {
            fired += fireAll(due);
            due = due.size() == BATCH ? timers.findDue(handlers.keySet(), clock.instant(), BATCH) : List.of();
        }
        nextDue.set(Instant.MAX);
        timers.findNextDue(handlers.keySet())
                .ifPresent(next -> nextDue.accumulateAndGet(next, (a, b) -> a.isBefore(b) ? a : b));
        return fired;
    }

    /// Each timer is a transaction that mostly waits for its commit, so a few threads fire many times as fast
    /// as one. A timer that fails keeps no other from firing.
    private int fireAll(List<Timer> due) {
        Queue<Timer> left = new ConcurrentLinkedQueue<>(due);
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger fired = new AtomicInteger();
        Runnable drain = () -> {
            for (Timer timer = left.poll(); timer != null; timer = left.poll()) {
                try {
                    fired.addAndGet(fire(timer) ? 1 : 0);
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }
        };
        List<Thread> others = IntStream.range(1, Math.min(atOnce, due.size()))
                .mapToObj(_ -> Thread.ofVirtual().name("timer").start(drain))
                .toList();
        drain.run();
        others.forEach(TimerWheel::join);
        RuntimeException failure = failures.poll();
        if (failure != null) {
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
        return fired.get();
    }

    /// What was begun ends, also where the server is stopping: its transactions are short.
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean fire(Timer timer) {
        syncPoints.reach(SyncPoint.TIMER_FOUND);
        if (Objects.requireNonNull(handlers.get(timer.kind())).fire(timer)) {
            return true;
        }
        LOG.debug("timer {} of {} had nothing to do", timer.kind(), timer.subject());
        timers.remove(timer);
        return false;
    }
}
