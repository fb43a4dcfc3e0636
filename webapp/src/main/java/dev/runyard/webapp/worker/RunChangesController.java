package dev.runyard.webapp.worker;

import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.WorkerIdentity;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// One long poll that tells a supervisor which of its runs changed behind its back.
@RestController
@Permit(to = Credential.WORKER)
class RunChangesController {
    private final WatchRuns watchRuns;
    private final Supervisors supervisors;
    private final KnownRuns knownRuns;

    RunChangesController(WatchRuns watchRuns, Supervisors supervisors, KnownRuns knownRuns) {
        this.watchRuns = watchRuns;
        this.supervisors = supervisors;
        this.knownRuns = knownRuns;
    }

    @PostMapping("/engine/v1/worker-actions/runs/changes")
    RunChangesResponse changes(
            @AuthenticationPrincipal WorkerIdentity worker, @RequestBody(required = false) byte @Nullable [] body) {
        supervisors.seen(worker.group(), worker.instanceName());
        return watchRuns.watch(body, run -> knownRuns.isOf(worker.workerQueue(), run));
    }
}
