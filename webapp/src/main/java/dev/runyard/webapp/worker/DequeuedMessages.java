package dev.runyard.webapp.worker;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.Ids;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells a supervisor everything that it needs to start a run.
@Component
class DequeuedMessages {
    private final RunEngine engine;
    private final TenantDirectory tenants;
    private final InstantSource clock;

    DequeuedMessages(RunEngine engine, TenantDirectory tenants, InstantSource clock) {
        this.engine = engine;
        this.tenants = tenants;
        this.clock = clock;
    }

    DequeuedMessage of(ClaimedRun claimed) {
        RunState state = claimed.state();
        TenantEnvironment environment =
                tenants.findEnvironment(state.environmentId()).orElseThrow();
        return new DequeuedMessage(
                "1",
                Snapshots.snapshotOf(state),
                clock.instant(),
                null,
                claimed.version().isOfOwnWorkers() ? null : claimed.version().image(),
                Snapshots.checkpointOf(state.checkpoint()),
                CompletedWaitpoints.of(engine.waits().queries().completedWaits(state)),
                backgroundWorker(claimed.version()),
                deployment(claimed.version().deploymentId()),
                run(claimed),
                new DequeuedMessage.Environment(
                        environment.id().body(), environment.type().name()),
                new DequeuedMessage.Owner(Ids.encode(environment.organization().id())),
                new DequeuedMessage.Owner(Ids.encode(environment.project().id())));
    }

    static MachineSize machineOf(RunState state) {
        return MachineSize.of(Objects.requireNonNullElse(state.machine(), MachinePreset.DEFAULT));
    }

    static Map<String, String> traceContext(@Nullable String traceParent) {
        return traceParent == null ? Map.of() : Map.of("traceparent", traceParent);
    }

    private static DequeuedMessage.Run run(ClaimedRun claimed) {
        RunState state = claimed.state();
        return new DequeuedMessage.Run(
                state.runId().body(),
                state.runId(),
                claimed.isTest(),
                machineOf(state),
                state.checkpoint() == null ? state.attempt() + 1 : state.attempt(),
                state.workerQueue(),
                traceContext(claimed.traceParent()));
    }

    private static DequeuedMessage.BackgroundWorker backgroundWorker(WorkerVersion version) {
        return new DequeuedMessage.BackgroundWorker(
                version.id().body(), version.id(), version.number(), version.runtime());
    }

    private static DequeuedMessage.Deployment deployment(@Nullable DeploymentId id) {
        return new DequeuedMessage.Deployment(id == null ? null : id.body(), id);
    }
}
