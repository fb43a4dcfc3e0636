package dev.runyard.webapp.worker;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.run.RunCheckpoint;
import dev.runyard.engine.waitpoint.ContinueOutcome;
import dev.runyard.engine.waitpoint.SuspendOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.ExecutionResult;
import dev.runyard.protocol.worker.LatestSnapshotResponse;
import dev.runyard.protocol.worker.SnapshotsSinceResponse;
import dev.runyard.protocol.worker.SuspendRequest;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.WorkerIdentity;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What a supervisor does for a run that it holds. The snapshot in the address is the caller's fencing token.
@RestController
@Permit(to = Credential.WORKER)
@RequestMapping("/engine/v1/worker-actions/runs/{run}")
class WorkerRunController {
    private static final String STALE = "Snapshot ID doesn't match the latest snapshot";

    private final RunEngine engine;
    private final KnownRuns knownRuns;
    private final StartedAttempts startedAttempts;
    private final WorkerBodies bodies;

    WorkerRunController(RunEngine engine, KnownRuns knownRuns, StartedAttempts startedAttempts, WorkerBodies bodies) {
        this.engine = engine;
        this.knownRuns = knownRuns;
        this.startedAttempts = startedAttempts;
        this.bodies = bodies;
    }

    /// A heartbeat of an older snapshot extends nothing, and is no error: its sender learns of the newer one elsewhere.
    @PostMapping("/snapshots/{snapshot}/heartbeat")
    ResponseEntity<?> heartbeat(
            @AuthenticationPrincipal WorkerIdentity worker, @PathVariable String run, @PathVariable String snapshot) {
        return withRun(worker, run, id -> {
            engine.heartbeat(id, snapshotId(snapshot));
            return ResponseEntity.ok(Map.of("ok", true));
        });
    }

    @PostMapping("/snapshots/{snapshot}/attempts/start")
    ResponseEntity<?> start(
            @AuthenticationPrincipal WorkerIdentity worker,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestHeader(name = "x-trigger-worker-runner-id", required = false) @Nullable String runner) {
        return withRun(worker, run, id -> switch (engine.start(id, snapshotId(snapshot), runner)) {
            case StartOutcome.Started started -> ResponseEntity.ok(startedAttempts.answer(started));
            case StartOutcome.Stale _ -> WorkerErrors.of(HttpStatus.CONFLICT, STALE);
            case StartOutcome.NotStartable(var state) ->
                WorkerErrors.of(
                        HttpStatus.BAD_REQUEST,
                        "Run " + id + " cannot be started: it is " + state.execution() + " with status "
                                + state.status());
            case StartOutcome.Unknown _ -> unknown(run);
        });
    }

    @PostMapping("/snapshots/{snapshot}/attempts/complete")
    ResponseEntity<?> complete(
            @AuthenticationPrincipal WorkerIdentity worker,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestBody(required = false) byte @Nullable [] body) {
        CompleteAttemptRequest request = CompletionCheck.check(bodies.read(body, CompleteAttemptRequest.class));
        return withRun(worker, run, id -> switch (engine.complete(id, snapshotId(snapshot), request.completion())) {
            case CompleteOutcome.Completed(var status, var state) ->
                ResponseEntity.ok(new CompleteAttemptResponse(new CompleteAttemptResponse.Result(
                        status, Snapshots.snapshotOf(state), Snapshots.metadataOf(state))));
            case CompleteOutcome.Stale _ -> WorkerErrors.of(HttpStatus.BAD_REQUEST, STALE);
            case CompleteOutcome.Unknown _ -> unknown(run);
        });
    }

    @GetMapping("/snapshots/latest")
    ResponseEntity<?> latest(@AuthenticationPrincipal WorkerIdentity worker, @PathVariable String run) {
        return withRun(
                worker,
                run,
                id -> engine.state(id)
                        .<ResponseEntity<?>>map(state ->
                                ResponseEntity.ok(new LatestSnapshotResponse(Snapshots.executionOf(state)
                                        .with(CompletedWaitpoints.of(
                                                engine.waits().queries().completedWaits(state))))))
                        .orElseGet(() -> unknown(run)));
    }

    @GetMapping("/snapshots/since/{snapshot}")
    ResponseEntity<?> since(
            @AuthenticationPrincipal WorkerIdentity worker, @PathVariable String run, @PathVariable String snapshot) {
        return withRun(
                worker,
                run,
                id -> engine.waits()
                        .queries()
                        .snapshotsSince(id, snapshotId(snapshot))
                        .<ResponseEntity<?>>map(
                                newer -> ResponseEntity.ok(new SnapshotsSinceResponse(Snapshots.executionsOf(newer))))
                        .orElseGet(() ->
                                WorkerErrors.of(HttpStatus.NOT_FOUND, "Run " + id + " has no snapshot " + snapshot)));
    }

    /// Runs go on from a checkpoint by this call; 422 tells the caller not to try again.
    @GetMapping("/snapshots/{snapshot}/continue")
    ResponseEntity<?> continueRun(
            @AuthenticationPrincipal WorkerIdentity worker,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestHeader(name = "x-trigger-worker-runner-id", required = false) @Nullable String runner) {
        return withRun(worker, run, id -> switch (engine.waits().continueRun(id, snapshotId(snapshot), runner)) {
            case ContinueOutcome.Continued(var state) ->
                ResponseEntity.ok(new ExecutionResult(Snapshots.snapshotOf(state), Snapshots.metadataOf(state)));
            case ContinueOutcome.Refused(var sentence) -> WorkerErrors.of(HttpStatus.UNPROCESSABLE_CONTENT, sentence);
            case ContinueOutcome.Unknown _ -> unknown(run);
        });
    }

    /// The process of a waiting run was stored. A checkpoint that comes too late is refused, and its
    /// process lives on; one that could not be made changes nothing.
    @PostMapping("/snapshots/{snapshot}/suspend")
    ResponseEntity<?> suspend(
            @AuthenticationPrincipal WorkerIdentity worker,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestBody(required = false) byte @Nullable [] body) {
        SuspendRequest request = bodies.read(body, SuspendRequest.class);
        Checkpoint made = request.checkpoint();
        if (request.success() && made == null) {
            throw new WorkerRequestException("Body Error", "checkpoint is missing, and success is true");
        }
        return withRun(
                worker,
                run,
                id -> request.success() && made != null
                        ? suspend(id, snapshotId(snapshot), made)
                        : ResponseEntity.ok(Map.of("ok", true)));
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
    @PostMapping("/logs/debug")
    ResponseEntity<?> debug(@AuthenticationPrincipal WorkerIdentity worker, @PathVariable String run) {
        return withRun(worker, run, _ -> ResponseEntity.noContent().build());
    }

    private ResponseEntity<?> withRun(WorkerIdentity worker, String run, Function<RunId, ResponseEntity<?>> action) {
        RunId id;
        try {
            id = RunId.parse(run);
        } catch (IllegalArgumentException e) {
            return unknown(run);
        }
        return knownRuns.isOf(worker.workerQueue(), id) ? action.apply(id) : unknown(run);
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
