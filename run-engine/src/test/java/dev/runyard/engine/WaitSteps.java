package dev.runyard.engine;

import dev.runyard.engine.run.RunCheckpoint;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.BlockRequest;
import dev.runyard.engine.waitpoint.CompletedWait;
import dev.runyard.engine.waitpoint.ContinueOutcome;
import dev.runyard.engine.waitpoint.CreateOutcome;
import dev.runyard.engine.waitpoint.NewWaitpoint;
import dev.runyard.engine.waitpoint.SuspendOutcome;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.engine.waitpoint.WaitpointOutput;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.CheckpointType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// What tests do with runs that wait.
///
/// @param harness the engine
record WaitSteps(EngineHarness harness) {
    /// Makes a token without a timeout.
    WaitpointId token() {
        return create(NewWaitpoint.token(harness.environment, null, null, List.of()));
    }

    WaitpointId dateIn(Duration time) {
        return create(NewWaitpoint.datetime(
                harness.environment, harness.clock.instant().plus(time), null));
    }

    WaitpointId create(NewWaitpoint request) {
        return ((CreateOutcome.Created) harness.engine.waits().create(request))
                .waitpoint()
                .id();
    }

    /// Lets a run wait, which must be able to.
    RunState block(RunState run, WaitpointId... waitpoints) {
        return ((BlockOutcome.Waiting)
                        harness.engine.waits().block(BlockRequest.of(harness.environment, run.runId(), waitpoints)))
                .state();
    }

    BlockOutcome tryBlock(RunId run, WaitpointId... waitpoints) {
        return harness.engine.waits().block(BlockRequest.of(harness.environment, run, waitpoints));
    }

    /// Completes a token with a JSON text.
    void complete(WaitpointId token, String json) {
        harness.engine.waits().complete(harness.environment, token, WaitpointOutput.success(json, "application/json"));
    }

    /// Starts a run of a task and lets it wait for a new token.
    Waiting waiting(String task) {
        RunState started = started(task);
        WaitpointId token = token();
        return new Waiting(block(started, token), token);
    }

    /// A run that waits, and its token.
    ///
    /// @param run its state
    /// @param token what it waits for
    record Waiting(RunState run, WaitpointId token) {}

    RunState started(String task) {
        RunId run = harness.trigger(task);
        RunState started = harness.startNext();
        if (!started.runId().equals(run)) {
            throw new IllegalStateException("another run was in front of " + run);
        }
        return started;
    }

    RunId triggerAndWait(RunState parent, String task) {
        return harness.trigger(TriggerCommand.of(harness.environment, task)
                .payload("{}")
                .parentWait(new WaitingParent(parent.runId(), parent.snapshotId()))
                .build());
    }

    RunState suspend(RunState waiting) {
        return ((SuspendOutcome.Suspended) trySuspend(waiting, "first")).state();
    }

    SuspendOutcome trySuspend(RunState waiting, String location) {
        return harness.engine
                .waits()
                .suspend(
                        waiting.runId(),
                        waiting.snapshotId(),
                        new RunCheckpoint(UUID.randomUUID(), CheckpointType.DOCKER, location, null, "waits"));
    }

    RunState goOn(RunState claimed) {
        return ((ContinueOutcome.Continued)
                        harness.engine.waits().continueRun(claimed.runId(), claimed.snapshotId(), EngineHarness.RUNNER))
                .state();
    }

    /// What the newest version of a run got from its wait.
    List<CompletedWait> outputs(RunId run) {
        return harness.engine.waits().queries().completedWaits(harness.state(run));
    }

    List<String> outputTexts(RunId run) {
        return outputs(run).stream()
                .map(wait -> String.valueOf(wait.waitpoint().output().text()))
                .toList();
    }
}
