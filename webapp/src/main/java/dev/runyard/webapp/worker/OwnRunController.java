package dev.runyard.webapp.worker;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.ApiCaller;
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

/// What an environment's own worker does for a run that it holds. The snapshot in the address is its fencing token.
@RestController
@Permit(to = Credential.KEY, scopes = "write:deployments")
@RequestMapping("/engine/v1/dev/runs/{run}")
class OwnRunController {
    private final RunCalls calls;
    private final KnownRuns knownRuns;

    OwnRunController(RunCalls calls, KnownRuns knownRuns) {
        this.calls = calls;
        this.knownRuns = knownRuns;
    }

    @PostMapping("/snapshots/{snapshot}/heartbeat")
    ResponseEntity<?> heartbeat(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String run, @PathVariable String snapshot) {
        return calls.heartbeat(named(caller, run), snapshot);
    }

    @PostMapping("/snapshots/{snapshot}/attempts/start")
    ResponseEntity<?> start(
            @AuthenticationPrincipal ApiCaller caller,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestHeader(name = "x-trigger-worker-runner-id", required = false) @Nullable String runner) {
        return calls.start(named(caller, run), snapshot, runner);
    }

    @PostMapping("/snapshots/{snapshot}/attempts/complete")
    ResponseEntity<?> complete(
            @AuthenticationPrincipal ApiCaller caller,
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestBody(required = false) byte @Nullable [] body) {
        return calls.complete(named(caller, run), snapshot, body);
    }

    @GetMapping("/snapshots/latest")
    ResponseEntity<?> latest(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        return calls.latest(named(caller, run));
    }

    @GetMapping("/snapshots/since/{snapshot}")
    ResponseEntity<?> since(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String run, @PathVariable String snapshot) {
        return calls.since(named(caller, run), snapshot);
    }

    @PostMapping("/logs/debug")
    ResponseEntity<?> debug(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        return calls.debug(named(caller, run));
    }

    private RunCalls.Named named(ApiCaller caller, String run) {
        return new RunCalls.Named(run, id -> knownRuns.isIn(caller.environmentId(), id));
    }
}
