package dev.runyard.webapp.worker;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.run.RunCheckpoint;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.waitpoint.ContinueOutcome;
import dev.runyard.engine.waitpoint.SuspendOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.ExecutionResult;
import dev.runyard.protocol.worker.LatestSnapshotResponse;
import dev.runyard.protocol.worker.SnapshotsSinceResponse;
import dev.runyard.protocol.worker.SuspendRequest;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.telemetry.NoteOnRun;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// What a worker does for a run that it holds, whoever it is. The snapshot is its fencing token.
@Component
class RunCalls {
    private static final String STALE = "Snapshot ID doesn't match the latest snapshot";
    private static final String UNSAID = "its worker did not say why.";

    private final RunEngine engine;
    private final StartedAttempts startedAttempts;
    private final WorkerBodies bodies;
    private final NoteOnRun noteOnRun;

    RunCalls(RunEngine engine, StartedAttempts startedAttempts, WorkerBodies bodies, NoteOnRun noteOnRun) {
        this.engine = engine;
        this.startedAttempts = startedAttempts;
        this.bodies = bodies;
        this.noteOnRun = noteOnRun;
    }

    /// A run as a caller names it.
    ///
    /// @param run as the address has it
    /// @param mayCall tells whether the caller may know of a run
    record Named(String run, Predicate<RunId> mayCall) {}

    /// A heartbeat of an older snapshot extends nothing, and is no error: its sender learns of the newer one elsewhere.
    ResponseEntity<?> heartbeat(Named named, String snapshot) {
        return withRun(named, id -> {
            engine.heartbeat(id, snapshotId(snapshot));
            return ResponseEntity.ok(Map.of("ok", true));
        });
    }

    ResponseEntity<?> start(Named named, String snapshot, @Nullable String runner) {
        return withRun(named, id -> switch (engine.start(id, snapshotId(snapshot), runner)) {
            case StartOutcome.Started started -> ResponseEntity.ok(startedAttempts.answer(started));
            case StartOutcome.Stale _ -> WorkerErrors.of(HttpStatus.CONFLICT, STALE);
            case StartOutcome.NotStartable(var state) ->
                WorkerErrors.of(
                        HttpStatus.BAD_REQUEST,
                        "Run " + id + " cannot be started: it is " + state.execution() + " with status "
                                + state.status());
            case StartOutcome.Unknown _ -> unknown(named.run());
        });
    }

    ResponseEntity<?> complete(Named named, String snapshot, byte @Nullable [] body) {
        CompleteAttemptRequest request = CompletionCheck.check(bodies.read(body, CompleteAttemptRequest.class));
        return withRun(named, id -> complete(id, snapshotId(snapshot), request.completion()));
    }

    private ResponseEntity<?> complete(RunId run, SnapshotId snapshot, Completion completion) {
        boolean isUnstarted = !completion.ok()
                && engine.state(run)
                        .filter(state -> isAt(state, snapshot, ExecutionStatus.PENDING_EXECUTING))
                        .isPresent();
        return switch (engine.complete(run, snapshot, completion)) {
            case CompleteOutcome.Completed(var status, var state) -> {
                if (isUnstarted && status == AttemptStatus.RETRY_QUEUED) {
                    noteFailedStart(state, completion);
                }
                yield ResponseEntity.ok(new CompleteAttemptResponse(new CompleteAttemptResponse.Result(
                        status, Snapshots.snapshotOf(state), Snapshots.metadataOf(state))));
            }
            case CompleteOutcome.Stale _ -> WorkerErrors.of(HttpStatus.BAD_REQUEST, STALE);
            case CompleteOutcome.Unknown _ -> unknown(run.toString());
        };
    }

    private static boolean isAt(RunState state, SnapshotId snapshot, ExecutionStatus execution) {
        return state.version() == snapshot.version() && state.execution() == execution;
    }

    /// A hand-out that fails is no attempt, so its reason would stand nowhere else while the run waits for the next.
    private void noteFailedStart(RunState state, Completion completion) {
        TaskRunError error = completion.error();
        noteOnRun.warn(
                new RunIdentity(state.runId(), state.environmentId()),
                null,
                "The run could not be started and will be tried again: " + (error == null ? UNSAID : error.summary()));
    }

    ResponseEntity<?> latest(Named named) {
        return withRun(
                named,
                id -> engine.state(id)
                        .<ResponseEntity<?>>map(state ->
                                ResponseEntity.ok(new LatestSnapshotResponse(Snapshots.executionOf(state)
                                        .with(CompletedWaitpoints.of(
                                                engine.waits().queries().completedWaits(state))))))
                        .orElseGet(() -> unknown(named.run())));
    }

    ResponseEntity<?> since(Named named, String snapshot) {
        return withRun(
                named,
                id -> engine.waits()
                        .queries()
                        .snapshotsSince(id, snapshotId(snapshot))
                        .<ResponseEntity<?>>map(
                                newer -> ResponseEntity.ok(new SnapshotsSinceResponse(Snapshots.executionsOf(newer))))
                        .orElseGet(() ->
                                WorkerErrors.of(HttpStatus.NOT_FOUND, "Run " + id + " has no snapshot " + snapshot)));
    }

    /// Runs go on from a checkpoint by this call; 422 tells the caller not to try again.
    ResponseEntity<?> continueRun(Named named, String snapshot, @Nullable String runner) {
        return withRun(named, id -> switch (engine.waits().continueRun(id, snapshotId(snapshot), runner)) {
            case ContinueOutcome.Continued(var state) ->
                ResponseEntity.ok(new ExecutionResult(Snapshots.snapshotOf(state), Snapshots.metadataOf(state)));
            case ContinueOutcome.Refused(var sentence) -> WorkerErrors.of(HttpStatus.UNPROCESSABLE_CONTENT, sentence);
            case ContinueOutcome.Unknown _ -> unknown(named.run());
        });
    }

    /// The process of a waiting run was stored. A checkpoint that comes too late is refused, and its
    /// process lives on; one that could not be made leaves the run as it is, and its reason in the run's log.
    ResponseEntity<?> suspend(Named named, String snapshot, byte @Nullable [] body) {
        SuspendRequest request = bodies.read(body, SuspendRequest.class);
        Checkpoint made = request.checkpoint();
        if (request.success() && made == null) {
            throw new WorkerRequestException("Body Error", "checkpoint is missing, and success is true");
        }
        return withRun(
                named,
                id -> request.success() && made != null
                        ? suspend(id, snapshotId(snapshot), made)
                        : keepProcess(id, snapshotId(snapshot), request.error()));
    }

    /// Of a run that goes on already, nobody needs to know why its process was not stored.
    private ResponseEntity<?> keepProcess(RunId run, SnapshotId snapshot, @Nullable String reason) {
        engine.state(run)
                .filter(state -> isAt(state, snapshot, ExecutionStatus.EXECUTING_WITH_WAITPOINTS))
                .ifPresent(state -> noteOnRun.warn(
                        new RunIdentity(run, state.environmentId()),
                        state.attempt(),
                        "The run waits with its process in place: " + Objects.requireNonNullElse(reason, UNSAID)));
        return ResponseEntity.ok(Map.of("ok", true));
    }

    private ResponseEntity<?> suspend(RunId run, SnapshotId snapshot, Checkpoint made) {
        RunCheckpoint checkpoint =
                new RunCheckpoint(UUID.randomUUID(), made.type(), made.location(), made.imageRef(), made.reason());
        return switch (engine.waits().suspend(run, snapshot, checkpoint)) {
            case SuspendOutcome.Suspended _ -> ResponseEntity.ok(Map.of("ok", true));
            case SuspendOutcome.Discarded(var reason) -> WorkerErrors.of(HttpStatus.UNPROCESSABLE_CONTENT, reason);
            case SuspendOutcome.Unknown _ -> unknown(run.toString());
        };
    }

    /// Debug lines of official runners speak of the runner, not of the task; they are not kept.
    ResponseEntity<?> debug(Named named) {
        return withRun(named, _ -> ResponseEntity.noContent().build());
    }

    private static ResponseEntity<?> withRun(Named named, Function<RunId, ResponseEntity<?>> action) {
        RunId id;
        try {
            id = RunId.parse(named.run());
        } catch (IllegalArgumentException e) {
            return unknown(named.run());
        }
        return named.mayCall().test(id) ? action.apply(id) : unknown(named.run());
    }

    private static SnapshotId snapshotId(String text) {
        try {
            return SnapshotId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new WorkerRequestException("Params Error", "not the id of a snapshot: " + text);
        }
    }

    private static ResponseEntity<?> unknown(String run) {
        return WorkerErrors.of(HttpStatus.NOT_FOUND, "Run not found: " + run);
    }
}
