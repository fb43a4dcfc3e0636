package dev.runyard.runner.lease;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.runner.thread.RunThreads;
import dev.runyard.runner.workload.WorkloadCalls;
import dev.runyard.runner.workload.WorkloadException;
import dev.runyard.sdk.internal.Pacer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Holds the newest version of the run, renews its lease and looks for changes, each on its own thread.
 *
 * <p>The first {@link Interruption} is final for the process: nothing gives a run back.
 */
public final class RunWatch implements AutoCloseable {
    /** The task must have stopped when the server's lease ends, so the process gives up this much earlier. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** A look at the clock; a process may have a thousand runs. */
    private static final Duration LEASE_CHECK = Duration.ofMillis(250);

    private static final Duration HEARTBEAT_RETRY = Duration.ofSeconds(1);

    private final Settings settings;
    private final WorkloadCalls client;
    private final Pacer pacer;
    private final Lease lease;
    private final CompletableFuture<Interruption> interruption = new CompletableFuture<>();
    private SnapshotId snapshot;
    private int attempt;
    private boolean following;
    private volatile boolean ended;
    private volatile boolean waiting;
    private List<CompletedWaitpoint> arrived = List.of();

    private final List<Thread> threads = new ArrayList<>();

    /**
     * @param settings intervals and the lease
     * @param client calls whoever holds the run
     * @param pacer waits between calls
     * @param clocks how time passes
     */
    public RunWatch(Settings settings, WorkloadCalls client, Pacer pacer, Clocks clocks) {
        this.settings = settings;
        this.client = client;
        this.pacer = pacer;
        this.snapshot = settings.snapshot();
        this.lease = new Lease(usable(settings.lease()), clocks.wall(), clocks.monotonic());
    }

    /**
     * @param snapshot the version that this process holds
     * @param heartbeatInterval time between heartbeats
     * @param pollInterval time between looks for changes
     * @param lease how long the run stays this process's own without a heartbeat
     * @param threads on which threads it is watched
     */
    public record Settings(
            SnapshotId snapshot,
            Duration heartbeatInterval,
            Duration pollInterval,
            Duration lease,
            RunThreads threads) {}

    /**
     * @param wall tells the time
     * @param monotonic measures durations
     */
    public record Clocks(InstantSource wall, LongSupplier monotonic) {}

    /** Begins to renew the lease and to look for changes, after the first attempt was started. */
    public void begin() {
        lease.renew(lease.now());
        threads.add(settings.threads().start("runyard-heartbeat", this::heartbeats));
        threads.add(settings.threads().start("runyard-poll", this::polls));
        threads.add(settings.threads().start("runyard-lease", this::leaseChecks));
    }

    /** Ends the watch, where the process goes on without the run. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    /** Follows the run from a version that this process just got, in the course of an attempt. */
    public synchronized void follow(SnapshotId newest, int attemptNumber) {
        if (newest.version() > snapshot.version()) {
            snapshot = newest;
        }
        attempt = attemptNumber;
        following = true;
    }

    /** Notes that the task's code waits, or does no longer. */
    public void waits(boolean isWaiting) {
        waiting = isWaiting;
    }

    /**
     * Makes sure that the run is still this process's before the task's code goes on after a wait.
     *
     * @throws InterruptedException where it is not
     */
    public void endWait() throws InterruptedException {
        if (lease.isLost() && !isRegained()) {
            interruption.complete(Interruption.LEASE_LOST);
            throw new InterruptedException("the run was given to another process");
        }
        waiting = false;
    }

    /** Stops to watch, because the run is over and the process goes on with another. */
    public void end() {
        ended = true;
    }

    /** Tells whether the run is over. */
    public boolean hasEnded() {
        return ended;
    }

    /** Stops to draw conclusions from changes, because this process's own call is about to cause some. */
    public synchronized void pause() {
        following = false;
    }

    /** Returns the newest version that this process holds. */
    public synchronized SnapshotId snapshot() {
        return snapshot;
    }

    /** Completes when the task must stop. */
    public CompletableFuture<Interruption> interruption() {
        return interruption;
    }

    /** Stops the task for a reason from outside. */
    public void interrupt(Interruption reason) {
        interruption.complete(reason);
    }

    /** Tells whether the run ended or belongs to another process; asks the supervisor, once. */
    public boolean isGone() {
        try {
            return client.since(snapshot()).stream().anyMatch(change -> isOthers(change.snapshot()));
        } catch (WorkloadException e) {
            return false; // nobody knows: try again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void heartbeats() {
        repeat(settings.heartbeatInterval(), () -> {
            Lease.Moment sent = lease.now();
            try {
                client.heartbeat(snapshot());
                lease.renew(sent);
                return settings.heartbeatInterval();
            } catch (WorkloadException e) {
                return HEARTBEAT_RETRY;
            }
        });
    }

    /** Asks for news of the run, once. */
    public void look() throws InterruptedException {
        try {
            learn(client.since(snapshot()));
        } catch (WorkloadException e) {
            // The next look will do; the lease bounds how long this may go on.
        }
    }

    /** Returns what the run got from its newest wait, where something of it is wanted. */
    public synchronized Optional<List<CompletedWaitpoint>> arrived(Predicate<CompletedWaitpoint> wanted) {
        return arrived.stream().anyMatch(wanted) ? Optional.of(arrived) : Optional.empty();
    }

    /** Forgets what the run got from earlier waits. */
    public synchronized void forgetArrived() {
        arrived = List.of();
    }

    private void polls() {
        repeat(settings.pollInterval(), () -> {
            look();
            return settings.pollInterval();
        });
    }

    private void leaseChecks() {
        repeat(LEASE_CHECK, () -> {
            if (lease.isLost() && !(waiting && isRegained())) {
                interruption.complete(Interruption.LEASE_LOST);
            }
            return LEASE_CHECK;
        });
    }

    /**
     * Tells whether the run is still this process's although the lease seems lost: a process is frozen while its run waits,
     * and its supervisor renews the lease meanwhile. The task's code does not run before this is known.
     */
    private boolean isRegained() throws InterruptedException {
        Lease.Moment asked = lease.now();
        try {
            if (client.since(snapshot()).stream().anyMatch(change -> isOthers(change.snapshot()))) {
                return false;
            }
            client.heartbeat(snapshot());
            lease.renew(asked);
            return true;
        } catch (WorkloadException e) {
            return false;
        }
    }

    private synchronized void learn(List<RunExecutionData> changes) {
        if (!following) {
            return;
        }
        for (RunExecutionData change : changes) {
            ExecutionSnapshot seen = change.snapshot();
            Integer number = change.run().attemptNumber();
            if (seen.id().version() <= snapshot.version()) {
                continue;
            }
            if (isOthers(seen) || (number != null && number > attempt)) {
                interruption.complete(Interruption.TAKEN_AWAY);
                return;
            }
            snapshot = seen.id();
            if (seen.executionStatus() == ExecutionStatus.EXECUTING
                    && !change.completedWaitpoints().isEmpty()) {
                arrived = List.copyOf(change.completedWaitpoints());
            }
            if (wantsCancel(seen)) {
                interruption.complete(Interruption.CANCEL_REQUESTED);
            }
        }
    }

    private static boolean wantsCancel(ExecutionSnapshot seen) {
        return switch (seen.executionStatus()) {
            case PENDING_CANCEL -> true;
            case RUN_CREATED,
                    DELAYED,
                    QUEUED,
                    QUEUED_EXECUTING,
                    PENDING_EXECUTING,
                    EXECUTING,
                    EXECUTING_WITH_WAITPOINTS,
                    SUSPENDED,
                    FINISHED -> false;
        };
    }

    private static boolean isOthers(ExecutionSnapshot seen) {
        return switch (seen.executionStatus()) {
            case RUN_CREATED, DELAYED, QUEUED, PENDING_EXECUTING, SUSPENDED, FINISHED -> true;
            case QUEUED_EXECUTING, EXECUTING, EXECUTING_WITH_WAITPOINTS, PENDING_CANCEL -> false;
        };
    }

    private void repeat(Duration first, Round round) {
        try {
            Duration pause = first;
            while (!ended) {
                pacer.pause(pause);
                if (!ended) {
                    pause = round.play();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration usable(Duration lease) {
        Duration left = lease.minus(MARGIN);
        Duration half = lease.dividedBy(2);
        return left.compareTo(half) < 0 ? half : left;
    }

    @FunctionalInterface
    private interface Round {
        Duration play() throws InterruptedException;
    }
}
