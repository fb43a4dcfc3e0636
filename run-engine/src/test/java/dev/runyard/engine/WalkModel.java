package dev.runyard.engine;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an engine must do, in memory: its runs as they were last seen, and what may become of each next.
final class WalkModel {
    static final int MAX_ATTEMPTS = 3;
    static final int ENVIRONMENT_LIMIT = 6;
    private static final Duration WARM = Duration.ofSeconds(30);

    /// What must follow.
    ///
    /// @param event what must have happened
    /// @param execution where the run must stand
    /// @param status what users must see
    record Next(RunEvent event, ExecutionStatus execution, RunStatus status) {
        static Next of(RunState state) {
            return new Next(state.lastEvent(), state.execution(), state.status());
        }
    }

    final Map<RunId, RunState> runs = new LinkedHashMap<>();
    final Map<String, Integer> limits = new HashMap<>();
    private final Map<String, RunId> keys = new HashMap<>();
    private final Map<String, RunId> debounceKeys = new HashMap<>();
    boolean isPaused;

    /// The run that a key stands for, where it still does.
    Optional<RunId> holder(String task, int key) {
        return Optional.ofNullable(keys.get(task + " " + key))
                .filter(run -> runs.get(run) instanceof RunState state
                        && !state.status().isFailure());
    }

    void hold(String task, int key, RunId run) {
        keys.put(task + " " + key, run);
    }

    /// The run that still collects the triggers of a key.
    Optional<RunState> collector(String task, int key) {
        return Optional.ofNullable(debounceKeys.get(task + " " + key))
                .map(runs::get)
                .filter(state -> state.execution() == ExecutionStatus.DELAYED);
    }

    void collect(String task, int key, RunId run) {
        debounceKeys.put(task + " " + key, run);
    }

    /// When a run must start that is triggered again: at a whole second, and never earlier than without this trigger.
    static Instant pushed(RunState state, Instant now, Duration delay) {
        Instant exact = now.plus(delay);
        Instant second = exact.truncatedTo(ChronoUnit.SECONDS);
        Instant target = second.equals(exact) ? exact : second.plusSeconds(1);
        Instant current = Objects.requireNonNull(state.delayUntil());
        return target.isAfter(current) ? target : current;
    }

    /// What time makes of a run, empty where it leaves the run alone.
    Optional<Next> whenTimeIs(RunState state, Instant now, EngineConfig config) {
        return switch (state.execution()) {
            case DELAYED ->
                isOver(state.delayUntil(), now)
                        ? next(RunEvent.DELAY_ENDED, ExecutionStatus.QUEUED, RunStatus.PENDING)
                        : Optional.empty();
            case QUEUED -> whenQueued(state, now);
            case PENDING_EXECUTING -> isOver(state.leaseUntil(), now) ? notStarted(state, config) : Optional.empty();
            case EXECUTING -> isOver(state.leaseUntil(), now) ? stalled(state) : Optional.empty();
            case PENDING_CANCEL ->
                isOver(state.leaseUntil(), now)
                        ? next(RunEvent.CANCELED, ExecutionStatus.FINISHED, RunStatus.CANCELED)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Next> whenQueued(RunState state, Instant now) {
        if (state.notBefore() != null) {
            return isOver(state.notBefore(), now)
                    ? next(RunEvent.RETRY_DUE, ExecutionStatus.QUEUED, state.status())
                    : Optional.empty();
        }
        Integer ttl = state.ttlSeconds();
        return ttl != null
                        && state.startedAt() == null
                        && isOver(state.updatedAt().plusSeconds(ttl), now)
                ? next(RunEvent.EXPIRED, ExecutionStatus.FINISHED, RunStatus.EXPIRED)
                : Optional.empty();
    }

    private static Optional<Next> notStarted(RunState state, EngineConfig config) {
        return state.dispatches() >= config.maxDispatches()
                ? next(RunEvent.GIVEN_UP, ExecutionStatus.FINISHED, RunStatus.SYSTEM_FAILURE)
                : next(RunEvent.DISPATCH_LAPSED, ExecutionStatus.QUEUED, RunStatus.PENDING);
    }

    private static Optional<Next> stalled(RunState state) {
        return state.attempt() >= MAX_ATTEMPTS
                ? next(RunEvent.GIVEN_UP, ExecutionStatus.FINISHED, RunStatus.COMPLETED_WITH_ERRORS)
                : next(RunEvent.RECOVERED, ExecutionStatus.QUEUED, RunStatus.PENDING);
    }

    /// What a failed attempt makes of a run.
    static Next failed(RunState state, @Nullable Duration retryAfter) {
        if (retryAfter == null || state.attempt() >= MAX_ATTEMPTS) {
            return new Next(RunEvent.FAILED, ExecutionStatus.FINISHED, RunStatus.COMPLETED_WITH_ERRORS);
        }
        return retryAfter.compareTo(WARM) < 0
                ? new Next(RunEvent.RETRY_ON_WORKER, ExecutionStatus.EXECUTING, RunStatus.RETRYING_AFTER_FAILURE)
                : new Next(RunEvent.RETRY_QUEUED, ExecutionStatus.QUEUED, RunStatus.PENDING);
    }

    private static Optional<Next> next(RunEvent event, ExecutionStatus execution, RunStatus status) {
        return Optional.of(new Next(event, execution, status));
    }

    private static boolean isOver(@Nullable Instant until, Instant now) {
        return until != null && !until.isAfter(now);
    }

    /// How many runs a claim must get.
    int claimable(int most) {
        if (isPaused) {
            return 0;
        }
        int sum = 0;
        for (Map.Entry<String, List<RunState>> scope : readyByScope().entrySet()) {
            int room = limitOf(scope.getValue().getFirst()) - held(scope.getKey());
            sum += Math.clamp(room, 0, scope.getValue().size());
        }
        int roomInEnvironment = Math.max(0, ENVIRONMENT_LIMIT - held(null));
        return Math.min(most, Math.min(sum, roomInEnvironment));
    }

    /// Runs that could start, by their copy of the queue, in their order.
    Map<String, List<RunState>> readyByScope() {
        return runs.values().stream()
                .filter(RunState::isReady)
                .sorted(Comparator.comparingLong(RunState::score)
                        .thenComparing(state -> state.runId().value().toString()))
                .collect(Collectors.groupingBy(WalkModel::scope, LinkedHashMap::new, Collectors.toList()));
    }

    int held(@Nullable String scope) {
        return (int) runs.values().stream()
                .filter(state -> state.slotHeld() && (scope == null || scope.equals(scope(state))))
                .count();
    }

    int limitOf(RunState state) {
        return limits.getOrDefault(state.queue(), Integer.MAX_VALUE);
    }

    static String scope(RunState state) {
        return state.queue() + (state.concurrencyKey() == null ? "" : " " + state.concurrencyKey());
    }

    /// Runs of which a worker has an attempt, or is about to have one.
    List<RunState> in(Set<ExecutionStatus> executions) {
        return runs.values().stream()
                .filter(state -> executions.contains(state.execution()))
                .toList();
    }
}
