package dev.runyard.engine.waitpoint;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Gives an existing run a waitpoint, completed at once where the run ended. A run has one, whoever asks.
public final class AwaitRun {
    private final RunStateRepository states;
    private final WaitpointRepository waitpoints;
    private final Transactions transactions;
    private final InstantSource clock;

    AwaitRun(
            RunStateRepository states, WaitpointRepository waitpoints, Transactions transactions, InstantSource clock) {
        this.states = states;
        this.waitpoints = waitpoints;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Returns the waitpoint of a run; empty where there is no such run in the environment.
    public Optional<WaitpointId> await(EnvironmentId environment, RunId run) {
        return transactions.execute(() -> {
            Optional<RunState> found =
                    states.lock(run).filter(state -> state.environmentId().equals(environment));
            found.ifPresent(this::write);
            return found.map(_ -> new WaitpointId(run.value()));
        });
    }

    private void write(RunState state) {
        waitpoints.writeFor(
                WaitpointKind.RUN,
                state.environmentId(),
                List.of(state.runId().value()),
                clock.instant(),
                state.completedAt(),
                FinishAwaitedRun.outputOf(state).isError());
        if (!state.isFinished()) {
            waitpoints.markAwaited(state.runId());
        }
    }
}
