package dev.runyard.engine;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.ExecutionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;

/// What runs were told to wait for, and what of it was done.
final class WaitModel {
    final List<WaitpointId> tokens = new ArrayList<>();
    final Set<WaitpointId> completed = new HashSet<>();
    final Map<WaitpointId, Instant> dates = new HashMap<>();
    final Set<RunId> children = new HashSet<>();
    final Map<BatchId, Batch> batches = new LinkedHashMap<>();
    private final Map<RunId, Wait> waits = new HashMap<>();
    private final Set<RunId> mayHaveEnded = new HashSet<>();

    /// A batch that somebody waits for.
    ///
    /// @param items how many it will have
    /// @param uploaded indexes of those that a client brought
    record Batch(int items, Set<Integer> uploaded) {
        Batch(int items) {
            this(items, new HashSet<>());
        }
    }

    /// The newest wait of a run.
    private record Wait(int round, Set<WaitpointId> waitpoints) {}

    Batch batch(BatchId id) {
        return Objects.requireNonNull(batches.get(id));
    }

    WaitpointId add(WaitpointId token) {
        tokens.add(token);
        return token;
    }

    Optional<WaitpointId> token(int number) {
        return tokens.isEmpty() ? Optional.empty() : Optional.of(tokens.get(number % tokens.size()));
    }

    /// Notes what a run was told to wait for, in the state that followed.
    void waits(RunState state, Set<WaitpointId> waitpoints) {
        waits.put(state.runId(), new Wait(state.waitRound(), waitpoints));
        mayHaveEnded.remove(state.runId());
    }

    /// Notes that the attempt of a run may end before its wait does.
    void mayHaveEnded(RunId run) {
        mayHaveEnded.add(run);
    }

    /// What a run waits or waited for in its present attempt; an attempt ends while it waits only for a reason.
    Optional<Set<WaitpointId>> waitOf(RunState run) {
        Wait wait = waits.get(run.runId());
        if (wait == null) {
            return Optional.empty();
        }
        boolean hasEnded = run.isFinished() || run.execution() == ExecutionStatus.PENDING_CANCEL;
        if (run.waitRound() == wait.round() && !hasEnded) {
            return Optional.of(wait.waitpoints());
        }
        Assertions.assertThat(hasEnded || mayHaveEnded.contains(run.runId()))
                .as("%s forgot its wait for %s", run, wait)
                .isTrue();
        waits.remove(run.runId());
        return Optional.empty();
    }
}
