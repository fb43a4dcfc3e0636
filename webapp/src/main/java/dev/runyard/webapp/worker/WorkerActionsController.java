package dev.runyard.webapp.worker;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.protocol.worker.ConnectRequest;
import dev.runyard.protocol.worker.ConnectResponse;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.SupervisorHeartbeat;
import dev.runyard.webapp.auth.WorkerIdentity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What a supervisor does as itself: it says who it is, and asks for work.
///
/// A dequeue whose supervisor left while it waited may still claim a run. Nothing tells a server that a peer is gone
/// before
/// it writes to it, and often not even then; such a run goes back to its queue when its lease ends.
@RestController
@RequestMapping("/engine/v1/worker-actions")
class WorkerActionsController {
    private final RunEngine engine;
    private final Supervisors supervisors;
    private final KnownRuns knownRuns;
    private final DequeuedMessages messages;
    private final WorkerBodies bodies;
    private final WorkersProperties properties;

    WorkerActionsController(
            RunEngine engine,
            Supervisors supervisors,
            KnownRuns knownRuns,
            DequeuedMessages messages,
            WorkerBodies bodies,
            WorkersProperties properties) {
        this.engine = engine;
        this.supervisors = supervisors;
        this.knownRuns = knownRuns;
        this.messages = messages;
        this.bodies = bodies;
        this.properties = properties;
    }

    @PostMapping("/connect")
    ConnectResponse connect(
            @AuthenticationPrincipal WorkerIdentity worker, @RequestBody(required = false) byte @Nullable [] body) {
        supervisors.connected(worker.group(), worker.instanceName(), bodies.readOrNull(body, ConnectRequest.class));
        return new ConnectResponse(true, new ConnectResponse.WorkerGroup("MANAGED", worker.group()));
    }

    @PostMapping("/dequeue")
    List<DequeuedMessage> dequeue(
            @AuthenticationPrincipal WorkerIdentity worker, @RequestBody(required = false) byte @Nullable [] body) {
        supervisors.seen(worker.group(), worker.instanceName());
        DequeueRequest request = bodies.readOrNull(body, DequeueRequest.class);
        Integer asked = request == null ? null : request.maxRunCount();
        List<ClaimedRun> claimed = engine.claim(new ClaimRequest(
                worker.workerQueue(),
                worker.instanceName(),
                Math.clamp(asked == null ? 1 : asked, 1, properties.maxRunsPerDequeue()),
                properties.patience(request == null ? null : request.timeoutMs())));
        claimed.forEach(run -> knownRuns.remember(run.state()));
        return claimed.stream().map(messages::of).toList();
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
