package dev.runyard.engine.outbox;

import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.queue.ApplyLimits;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Tells Redis what the process that made a transition could not, and removes rows that are done.
///
/// Rows are applied against the newest state of their run, so an old row of a run that moved on does
/// nothing. Two relays may work on the same rows.
public final class OutboxRelay {
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final int BATCH = 500;

    private final OutboxRepository rows;
    private final RunStateRepository states;
    private final RunQueue queue;
    private final ApplyLimits limits;
    private final DoneRows done;
    private final EngineMetrics metrics;
    private final InstantSource clock;
    private final RelayProgress progress = new RelayProgress();

    public OutboxRelay(
            OutboxRepository rows,
            RunStateRepository states,
            RunQueue queue,
            ApplyLimits limits,
            DoneRows done,
            EngineMetrics metrics,
            InstantSource clock) {
        this.rows = rows;
        this.states = states;
        this.queue = queue;
        this.limits = limits;
        this.done = done;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Relays what is due; returns how many rows it applied. Stops at the first sign that Redis is away.
    public int relay() {
        removeDone();
        Instant begin = clock.instant();
        int applied = 0;
        long last = progress.begin(begin);
        List<OutboxRepository.Row> batch;
        do {
            batch = rows.findOlderThan(clock.instant().minus(PATIENCE), last, BATCH);
            if (batch.isEmpty()) {
                break;
            }
            if (!apply(batch)) {
                progress.stopped();
                break;
            }
            rows.delete(batch.stream().map(OutboxRepository.Row::id).toList());
            applied += batch.size();
            last = batch.getLast().id();
        } while (batch.size() == BATCH);
        progress.end(begin, rows::lastGiven);
        if (applied > 0) {
            metrics.repaired(Repair.OUTBOX, applied);
        }
        return applied;
    }

    private void removeDone() {
        List<Long> ids = done.take(BATCH * 20);
        if (!ids.isEmpty()) {
            rows.delete(ids);
        }
    }

    /// Returns since when the oldest row has been waiting; zero where none waits.
    public Duration lag() {
        return rows.findOldestAfter(progress.settled())
                .map(oldest -> Duration.between(oldest, clock.instant()))
                .orElse(Duration.ZERO);
    }

    private boolean apply(List<OutboxRepository.Row> batch) {
        Map<RunId, RunState> newest = states
                .findAll(batch.stream()
                        .map(OutboxRepository.Row::runId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList())
                .stream()
                .collect(Collectors.toMap(RunState::runId, Function.identity()));
        List<QueueEntry> enqueue = new ArrayList<>();
        List<QueueEntry> release = new ArrayList<>();
        for (OutboxRepository.Row row : batch) {
            RunState state = row.runId() == null ? null : newest.get(row.runId());
            if (state != null && row.topic() == Projection.Topic.ENQUEUE && isStillQueued(state, row)) {
                enqueue.add(QueueEntry.of(state));
            } else if (state != null && row.topic() == Projection.Topic.RELEASE) {
                release.add(QueueEntry.of(state).at(row.version()));
            }
        }
        try {
            queue.release(release);
            queue.publish(enqueue);
            batch.stream()
                    .filter(row -> row.topic() == Projection.Topic.LIMITS)
                    .map(OutboxRepository.Row::environmentId)
                    .distinct()
                    .forEach(limits::apply);
            return true;
        } catch (QueueUnavailableException e) {
            return false;
        }
    }

    private static boolean isStillQueued(RunState state, OutboxRepository.Row row) {
        return state.isReady() && state.version() == row.version();
    }
}
