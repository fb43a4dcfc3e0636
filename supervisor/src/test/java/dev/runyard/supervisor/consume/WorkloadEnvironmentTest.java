package dev.runyard.supervisor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.supervisor.config.TimingProperties;
import dev.runyard.supervisor.workload.RunnerName;
import dev.runyard.supervisor.workloadapi.RunnerTokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class WorkloadEnvironmentTest {
    private static final RunId RUN = new RunId(new UUID(1, 2));
    private static final DeploymentId DEPLOYMENT = new DeploymentId(new UUID(3, 4));
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

    private final RunnerTokens tokens = new RunnerTokens(RunnerTokens.newKey());

    @Test
    void tellsARunnerAllThatItNeedsToBegin() {
        Map<String, String> variables = environment().of(message(1), "runner-x", NOW.plusMillis(5));

        assertThat(variables)
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://webapp:3030/otel")
                .containsEntry("TRIGGER_DEQUEUED_AT_MS", "1700000000000")
                .containsEntry("TRIGGER_POD_SCHEDULED_AT_MS", "1700000000005")
                .containsEntry("TRIGGER_ENV_ID", "env")
                .containsEntry("TRIGGER_DEPLOYMENT_FRIENDLY_ID", DEPLOYMENT.toString())
                .containsEntry("TRIGGER_DEPLOYMENT_VERSION", "20261121.1")
                .containsEntry("TRIGGER_RUN_ID", RUN.toString())
                .containsEntry("TRIGGER_SNAPSHOT_ID", "snapshot_0000000002")
                .containsEntry("TRIGGER_SUPERVISOR_API_PROTOCOL", "http")
                .containsEntry("TRIGGER_SUPERVISOR_API_DOMAIN", "supervisor")
                .containsEntry("TRIGGER_SUPERVISOR_API_PORT", "8020")
                .containsEntry("TRIGGER_WORKER_INSTANCE_NAME", "main-1")
                .containsEntry("TRIGGER_RUNNER_ID", "runner-x")
                .containsEntry("TRIGGER_MACHINE_CPU", "0.5")
                .containsEntry("TRIGGER_MACHINE_MEMORY", "0.5")
                .containsEntry("TRIGGER_HEARTBEAT_INTERVAL_SECONDS", "10")
                .containsEntry("TRIGGER_SNAPSHOT_POLL_INTERVAL_SECONDS", "1")
                .containsEntry("RUNYARD_LEASE_SECONDS", "60")
                .containsEntry("RUNYARD_STOP_GRACE_SECONDS", "3");
        assertThat(variables).containsEntry("TRIGGER_DEPLOYMENT_ID", tokens.issue(RUN));
    }

    @Test
    void namesEachHandOverAnew() {
        assertThat(RunnerName.of(message(1))).isEqualTo("runner-" + RUN.body() + "-2");
        assertThat(RunnerName.of(message(3))).isEqualTo("runner-" + RUN.body() + "-attempt-3-2");
        assertThat(RunnerName.of(message(3))).hasSizeLessThan(63);
    }

    private WorkloadEnvironment environment() {
        return new WorkloadEnvironment(
                new WorkloadEnvironment.Surroundings(
                        URI.create("http://webapp:3030/"), "supervisor", 8020, "main-1", false),
                new TimingProperties(
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(3),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO),
                tokens);
    }

    private static DequeuedMessage message(int attempt) {
        SnapshotId snapshot = new SnapshotId(2);
        return new DequeuedMessage(
                "1",
                new ExecutionSnapshot(snapshot, snapshot, ExecutionStatus.PENDING_EXECUTING, "", NOW),
                NOW,
                null,
                "bundle:/opt/tasks",
                null,
                List.of(),
                new DequeuedMessage.BackgroundWorker("w", new WorkerVersionId(new UUID(5, 6)), "20261121.1", "java"),
                new DequeuedMessage.Deployment("d", DEPLOYMENT),
                new DequeuedMessage.Run(
                        RUN.body(), RUN, false, MachineSize.of(MachinePreset.SMALL_1X), attempt, "main", Map.of()),
                new DequeuedMessage.Environment("env", "PRODUCTION"),
                new DequeuedMessage.Owner("org"),
                new DequeuedMessage.Owner("proj"));
    }
}
