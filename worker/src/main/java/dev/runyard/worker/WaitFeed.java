package dev.runyard.worker;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.runner.thread.RunThreads;
import dev.runyard.sdk.internal.Pacer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks for news of all waiting runs in one call that the server holds, so that a thousand waiting runs cost no more calls
 * than one.
 */
final class WaitFeed implements AutoCloseable {
    /** A run that begins to wait while a call is held is in the next one; until then it asks by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration GAP = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int MOST_WATCHED = 5_000;

    private final WorkerApi api;
    private final Map<RunId, Watched> waiting = new ConcurrentHashMap<>();
    private final Semaphore somebodyWaits = new Semaphore(0);
    private final Thread thread;
    private volatile Set<RunId> covered = Set.of();

    WaitFeed(WorkerApi api) {
        this.api = api;
        this.thread = RunThreads.VIRTUAL.unstarted("runyard-wait-feed", this::feed);
    }

    private record Watched(SnapshotId known, @Nullable RunExecutionData newest) {}

    void start() {
        thread.start();
    }

    /** A run begins to wait. */
    void enter(RunId run, SnapshotId snapshot) {
        waiting.put(run, new Watched(snapshot, null));
        somebodyWaits.release();
    }

    /** A run waits no more. */
    void leave(RunId run) {
        waiting.remove(run);
    }

    /**
     * Returns what is new since a version of a run; empty where the run must ask the server itself, because it does not
     * wait or no held call has it.
     */
    Optional<List<RunExecutionData>> since(RunId run, SnapshotId snapshot) {
        Watched watched = waiting.computeIfPresent(
                run,
                (id, old) -> old.known().version() >= snapshot.version() ? old : new Watched(snapshot, old.newest()));
        if (watched == null) {
            return Optional.empty();
        }
        RunExecutionData newest = watched.newest();
        if (newest != null && newest.snapshot().id().version() > snapshot.version()) {
            return Optional.of(List.of(newest));
        }
        return covered.contains(run) ? Optional.of(List.of()) : Optional.empty();
    }

    private void feed() {
        try {
            while (true) {
                while (waiting.isEmpty()) {
                    covered = Set.of();
                    somebodyWaits.acquire();
                }
                somebodyWaits.drainPermits();
                ask();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        List<RunChangesRequest.Watched> asked = waiting.entrySet().stream()
                .limit(MOST_WATCHED)
                .map(one -> new RunChangesRequest.Watched(
                        one.getKey(), one.getValue().known()))
                .toList();
        covered = asked.stream().map(RunChangesRequest.Watched::run).collect(Collectors.toUnmodifiableSet());
        try {
            api.changes(asked, PATIENCE).changes().forEach(this::learn);
            Pacer.SLEEPING.pause(GAP);
        } catch (WorkerApiException e) {
            covered = Set.of();
            Pacer.SLEEPING.pause(AFTER_FAILURE);
        }
    }

    private void learn(RunExecutionData change) {
        SnapshotId version = change.snapshot().id();
        waiting.computeIfPresent(
                change.run().friendlyId(),
                (run, old) -> version.version() > old.known().version() ? new Watched(version, change) : old);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
