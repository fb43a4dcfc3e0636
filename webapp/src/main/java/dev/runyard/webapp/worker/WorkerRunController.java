package dev.runyard.webapp.worker;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.WorkerIdentity;
import org.jspecify.annotations.Nullable;
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
    private final RunCalls calls;
    private final KnownRuns knownRuns;

    WorkerRunController(RunCalls calls, KnownRuns knownRuns) {
        this.calls = calls;
        this.knownRuns = knownRuns;
    }

    @PostMapping("/snapshots/{snapshot}/heartbeat")
    ResponseEntity<?> heartbeat(
            @AuthenticationPrincipal WorkerIdentity worker, @PathVariable String run, @PathVariable String snapshot) {
        return calls.heartbeat(named(worker, run), snapshot);
    }

    @PostMapping("/snapshots/{snapshot}/attempts/start")
    ResponseEntity<?> start(
            @AuthenticationPrincipal WorkerIdentity worker,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestHeader(name = "x-trigger-worker-runner-id", required = false) @Nullable String runner) {
        return calls.start(named(worker, run), snapshot, runner);
    }

    @PostMapping("/snapshots/{snapshot}/attempts/complete")
    ResponseEntity<?> complete(
            @AuthenticationPrincipal WorkerIdentity worker,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestBody(required = false) byte @Nullable [] body) {
        return calls.complete(named(worker, run), snapshot, body);
    }

    @GetMapping("/snapshots/latest")
    ResponseEntity<?> latest(@AuthenticationPrincipal WorkerIdentity worker, @PathVariable String run) {
        return calls.latest(named(worker, run));
    }

    @GetMapping("/snapshots/since/{snapshot}")
    ResponseEntity<?> since(
            @AuthenticationPrincipal WorkerIdentity worker, @PathVariable String run, @PathVariable String snapshot) {
        return calls.since(named(worker, run), snapshot);
    }

    @GetMapping("/snapshots/{snapshot}/continue")
    ResponseEntity<?> continueRun(
            @AuthenticationPrincipal WorkerIdentity worker,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestHeader(name = "x-trigger-worker-runner-id", required = false) @Nullable String runner) {
        return calls.continueRun(named(worker, run), snapshot, runner);
    }

    @PostMapping("/snapshots/{snapshot}/suspend")
    ResponseEntity<?> suspend(
            @AuthenticationPrincipal WorkerIdentity worker,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestBody(required = false) byte @Nullable [] body) {
        return calls.suspend(named(worker, run), snapshot, body);
    }

    @PostMapping("/logs/debug")
    ResponseEntity<?> debug(@AuthenticationPrincipal WorkerIdentity worker, @PathVariable String run) {
        return calls.debug(named(worker, run));
    }

    private RunCalls.Named named(WorkerIdentity worker, String run) {
        return new RunCalls.Named(run, id -> knownRuns.isOf(worker.workerQueue(), id));
    }
}
