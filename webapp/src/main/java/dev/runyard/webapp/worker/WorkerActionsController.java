package dev.runyard.webapp.worker;

import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.protocol.worker.ConnectRequest;
import dev.runyard.protocol.worker.ConnectResponse;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.SupervisorHeartbeat;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.WorkerIdentity;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// What a supervisor does as itself: it says who it is, and asks for work.
@RestController
@Permit(to = Credential.WORKER)
@RequestMapping("/engine/v1/worker-actions")
class WorkerActionsController {
    private final Supervisors supervisors;
    private final HandOut handOut;
    private final KnownRuns knownRuns;
    private final DequeuedMessages messages;
    private final WorkerBodies bodies;
    private final JsonMapper json;
    private final WorkersProperties properties;

    WorkerActionsController(
            Supervisors supervisors,
            HandOut handOut,
            KnownRuns knownRuns,
            DequeuedMessages messages,
            WorkerBodies bodies,
            JsonMapper json,
            WorkersProperties properties) {
        this.supervisors = supervisors;
        this.handOut = handOut;
        this.knownRuns = knownRuns;
        this.messages = messages;
        this.bodies = bodies;
        this.json = json;
        this.properties = properties;
    }

    @PostMapping("/connect")
    ConnectResponse connect(
            @AuthenticationPrincipal WorkerIdentity worker, @RequestBody(required = false) byte @Nullable [] body) {
        supervisors.connected(worker.group(), worker.instanceName(), bodies.readOrNull(body, ConnectRequest.class));
        handOut.connected(worker.group(), worker.instanceName());
        return new ConnectResponse(true, new ConnectResponse.WorkerGroup("MANAGED", worker.group()));
    }

    /// Writes its answer itself, to learn whether it could be written.
    @PostMapping("/dequeue")
    void dequeue(
            @AuthenticationPrincipal WorkerIdentity worker,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletResponse response)
            throws IOException {
        supervisors.seen(worker.group(), worker.instanceName());
        List<ClaimedRun> claimed = handOut.take(worker.group(), claimRequest(worker, body));
        claimed.forEach(run -> knownRuns.remember(run.state()));
        try {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream()
                    .write(json.writeValueAsBytes(
                            claimed.stream().map(messages::of).toList()));
            response.flushBuffer();
        } catch (IOException e) {
            handOut.keep(worker.group(), worker.instanceName(), claimed);
            throw e;
        }
    }

    private ClaimRequest claimRequest(WorkerIdentity worker, byte @Nullable [] body) {
        DequeueRequest request = bodies.readOrNull(body, DequeueRequest.class);
        Integer asked = request == null ? null : request.maxRunCount();
        return new ClaimRequest(
                worker.workerQueue(),
                worker.instanceName(),
                Math.clamp(asked == null ? 1 : asked, 1, properties.maxRunsPerDequeue()),
                properties.patience(request == null ? null : request.timeoutMs()));
    }

    /// Older supervisors ask per deployment; all work comes from the group's queue.
    @GetMapping("/deployments/{deployment}/dequeue")
    List<DequeuedMessage> dequeueForDeployment(@AuthenticationPrincipal WorkerIdentity worker) {
        supervisors.seen(worker.group(), worker.instanceName());
        return List.of();
    }

    @PostMapping("/heartbeat")
    Map<String, Boolean> heartbeat(
            @AuthenticationPrincipal WorkerIdentity worker, @RequestBody(required = false) byte @Nullable [] body) {
        supervisors.heartbeat(
                worker.group(), worker.instanceName(), bodies.readOrNull(body, SupervisorHeartbeat.class));
        return Map.of("ok", true);
    }
}
