package dev.runyard.webapp.worker;

import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.protocol.worker.DevConfigResponse;
import dev.runyard.protocol.worker.DevDequeueRequest;
import dev.runyard.protocol.worker.DevDequeueResponse;
import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// What an environment's own worker does as itself: an application that executes its runs, or a developer's
/// session. The environment's key is its right, and runs of other environments it cannot see.
@RestController
@Permit(to = Credential.KEY, scopes = "write:deployments")
@RequestMapping("/engine/v1/dev")
class OwnWorkerController {
    private static final String INSTANCE_NAME = "x-trigger-worker-instance-name";
    private static final String UNNAMED = "own-worker";
    private static final int MAX_NAME = 256;
    private static final long PAUSE_AFTER_RUNS_MS = 250;
    private static final long PAUSE_AFTER_NONE_MS = 1_000;

    /// A worker that waits for runs asks again at least this often.
    private static final Duration SEEN = Duration.ofSeconds(40);

    private final Supervisors supervisors;
    private final HandOut handOut;
    private final KnownRuns knownRuns;
    private final WatchRuns watchRuns;
    private final DequeuedMessages messages;
    private final WorkerBodies bodies;
    private final JsonMapper json;
    private final OwnWorkerSettings settings;

    OwnWorkerController(
            Supervisors supervisors,
            HandOut handOut,
            KnownRuns knownRuns,
            WatchRuns watchRuns,
            DequeuedMessages messages,
            WorkerBodies bodies,
            JsonMapper json,
            WorkersProperties properties,
            AppProperties app) {
        this.supervisors = supervisors;
        this.handOut = handOut;
        this.knownRuns = knownRuns;
        this.watchRuns = watchRuns;
        this.messages = messages;
        this.bodies = bodies;
        this.json = json;
        this.settings = new OwnWorkerSettings(properties, app.url());
    }

    private record OwnWorkerSettings(WorkersProperties workers, String url) {}

    @GetMapping("/config")
    DevConfigResponse config(@AuthenticationPrincipal ApiCaller caller) {
        String group = EnvironmentSettings.ownWorkerQueue(caller.environmentId());
        return new DevConfigResponse(
                caller.environmentId().toString(),
                PAUSE_AFTER_RUNS_MS,
                PAUSE_AFTER_NONE_MS,
                caller.environment().concurrencyLimit(),
                settings.url(),
                supervisors.seenWithin(SEEN).stream()
                        .filter(worker -> worker.group().equals(group))
                        .map(Supervisor::name)
                        .toList());
    }

    /// Writes its answer itself, to learn whether it could be written.
    @PostMapping("/dequeue")
    void dequeue(
            @AuthenticationPrincipal ApiCaller caller,
            @RequestHeader(name = INSTANCE_NAME, required = false) @Nullable String name,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletResponse response)
            throws IOException {
        DevDequeueRequest request = bodies.readOrNull(body, DevDequeueRequest.class);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        if (!hasOwnWorkers(caller.environment())) {
            refuse(caller.environment(), response);
            return;
        }
        String worker = name(name);
        String group = caller.environment().workerQueue();
        supervisors.seen(group, worker);
        List<ClaimedRun> claimed = handOut.take(group, claimRequest(group, worker, request));
        claimed.forEach(run -> knownRuns.remember(run.state()));
        try {
            response.getOutputStream()
                    .write(json.writeValueAsBytes(new DevDequeueResponse(
                            claimed.stream().map(messages::of).toList())));
            response.flushBuffer();
        } catch (IOException e) {
            handOut.keep(group, worker, claimed);
            throw e;
        }
    }

    /// One long poll that tells the worker which of its runs changed behind its back.
    @PostMapping("/runs/changes")
    RunChangesResponse changes(
            @AuthenticationPrincipal ApiCaller caller, @RequestBody(required = false) byte @Nullable [] body) {
        return watchRuns.watch(body, run -> knownRuns.isIn(caller.environmentId(), run));
    }

    private ClaimRequest claimRequest(String group, String worker, @Nullable DevDequeueRequest request) {
        Integer asked = request == null ? null : request.maxRunCount();
        Long timeout = request == null ? null : request.timeoutMs();
        return new ClaimRequest(
                group,
                worker,
                Math.clamp(asked == null ? 1 : asked, 1, settings.workers().maxRunsPerDequeue()),
                settings.workers().patience(Objects.requireNonNullElse(timeout, 0L)));
    }

    private void refuse(TenantEnvironment environment, HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        response.setHeader("x-should-retry", "false");
        response.getOutputStream()
                .write(
                        json.writeValueAsBytes(
                                Map.of(
                                        "error",
                                        "Supervisors take the runs of the environment " + environment.slug()
                                                + ", because its current version was deployed for them. Register this worker's version first.")));
    }

    private static boolean hasOwnWorkers(TenantEnvironment environment) {
        return environment.workerQueue().equals(EnvironmentSettings.ownWorkerQueue(environment.id()));
    }

    private static String name(@Nullable String header) {
        return header == null || header.isBlank() || header.length() > MAX_NAME ? UNNAMED : header.strip();
    }
}
