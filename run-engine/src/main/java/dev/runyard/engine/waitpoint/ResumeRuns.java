package dev.runyard.engine.waitpoint;

import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts down the waits of runs and moves those that wait for nothing any more.
final class ResumeRuns {
    private final RunStateRepository states;
    private final EdgeRepository edges;
    private final RunLifecycle lifecycle;

    ResumeRuns(RunStateRepository states, EdgeRepository edges, RunLifecycle lifecycle) {
        this.states = states;
        this.edges = edges;
        this.lifecycle = lifecycle;
    }

    /// Takes resolved edges from the runs' counts, within the caller's transaction.
    void resolved(List<EdgeRepository.Resolved> resolved) {
        Map<EdgeRepository.Resolved, Long> ended = resolved.stream()
                .filter(edge -> !edge.isCarried())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        if (ended.isEmpty()) {
            return;
        }
        List<RunId> runs = ended.keySet().stream()
                .map(EdgeRepository.Resolved::run)
                .distinct()
                .toList();
        for (RunState state : hold(runs).values()) {
            // An edge of an earlier round has nobody who waits for it.
            long ours = ended.getOrDefault(new EdgeRepository.Resolved(state.runId(), state.waitRound(), false), 0L);
            if (state.isWaiting() && ours > 0) {
                waitFor(state, state.pendingWaits() - Math.toIntExact(ours));
            }
        }
    }

    private Map<RunId, RunState> hold(List<RunId> runs) {
        return states.lockAll(runs).stream()
                .collect(Collectors.toMap(
                        RunState::runId, Function.identity(), (first, _) -> first, LinkedHashMap::new));
    }

    /// Lets a run, whose row the caller holds, wait for so many waitpoints; it goes on where there is none.
    void waitFor(RunState state, int pending) {
        boolean done = pending > 0
                ? edges.setPending(state, pending)
                : lifecycle.apply(resume(state)).isPresent();
        if (!done) {
            throw new IllegalStateException("run " + state.runId() + " moved while its row was held");
        }
    }

    private static RunChange resume(RunState state) {
        // A live process needs only a slot, and its lease goes on; a suspended run needs a worker as well.
        RunState after = state.execution() == ExecutionStatus.SUSPENDED
                ? state.toBuilder()
                        .waitsEnded()
                        .at(ExecutionStatus.QUEUED, RunStatus.WAITING_TO_RESUME)
                        .build()
                : state.toBuilder()
                        .waitsEnded()
                        .at(ExecutionStatus.QUEUED_EXECUTING, state.status())
                        .build();
        return RunChange.of(state, RunEvent.RESUMED, after);
    }
}
