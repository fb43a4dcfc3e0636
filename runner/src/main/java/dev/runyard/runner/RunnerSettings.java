package dev.runyard.runner;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.runner.lease.RunWatch;
import dev.runyard.runner.thread.RunThreads;
import dev.runyard.runner.workload.RunAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor tells the process through its environment.
 *
 * @param run the run to execute
 * @param snapshot the version of it that this process holds
 * @param supervisor base address of the workload API
 * @param telemetry base address of the log intake
 * @param deployment opaque token that each call repeats
 * @param deploymentVersion version of the code
 * @param runner name of this process
 * @param heartbeatInterval time between heartbeats
 * @param pollInterval time between looks for changes of the run
 * @param lease how long the run stays this process's own without a heartbeat
 * @param stopGrace how long a run may go on after the process was asked to stop
 * @param warmStart where to ask for another run; absent where the process executes one alone
 * @param isWarm whether the process has executed a run before
 */
public record RunnerSettings(
        RunId run,
        SnapshotId snapshot,
        URI supervisor,
        URI telemetry,
        String deployment,
        String deploymentVersion,
        String runner,
        Duration heartbeatInterval,
        Duration pollInterval,
        Duration lease,
        Duration stopGrace,
        Optional<URI> warmStart,
        boolean isWarm) {

    /** Returns the settings for another run of the same version. */
    public RunnerSettings with(RunId next, SnapshotId held) {
        return new RunnerSettings(
                next,
                held,
                supervisor,
                telemetry,
                deployment,
                deploymentVersion,
                runner,
                heartbeatInterval,
                pollInterval,
                lease,
                stopGrace,
                warmStart,
                true);
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException naming every variable that is missing or malformed
     */
    public static RunnerSettings from(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        String run = variables.text("TRIGGER_RUN_ID", "run_00000000000000000000000000");
        String snapshot = variables.text("TRIGGER_SNAPSHOT_ID", "snapshot_1");
        String supervisor = variables.text("TRIGGER_SUPERVISOR_API_PROTOCOL", "http") + "://"
                + variables.text("TRIGGER_SUPERVISOR_API_DOMAIN", "localhost") + ":"
                + variables.text("TRIGGER_SUPERVISOR_API_PORT", "8020");
        String telemetry = variables.text("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost");
        String deployment = variables.text("TRIGGER_DEPLOYMENT_ID", "");
        String runner = variables.text("TRIGGER_RUNNER_ID", "");
        Duration heartbeat = variables.seconds("TRIGGER_HEARTBEAT_INTERVAL_SECONDS", 20);
        Duration poll = variables.seconds("TRIGGER_SNAPSHOT_POLL_INTERVAL_SECONDS", 5);
        Duration lease = variables.seconds("RUNYARD_LEASE_SECONDS", 60);
        Duration grace = variables.seconds("RUNYARD_STOP_GRACE_SECONDS", 8);
        variables.refuseProblems();
        return new RunnerSettings(
                RunId.parse(run),
                SnapshotId.parse(snapshot),
                URI.create(supervisor),
                URI.create(telemetry),
                deployment,
                environment.getOrDefault("TRIGGER_DEPLOYMENT_VERSION", ""),
                runner,
                heartbeat,
                poll,
                lease,
                grace,
                Optional.ofNullable(environment.get("TRIGGER_WARM_START_URL"))
                        .filter(url -> !url.isBlank())
                        .map(URI::create),
                false);
    }

    /** Returns where the calls for the run go. */
    public RunAddress address() {
        return new RunAddress(
                supervisor.resolve("/api/v1/workload-actions/runs/" + run + "/snapshots"),
                Map.of(
                        "x-trigger-workload-deployment-id", deployment,
                        "x-trigger-workload-deployment-version", deploymentVersion,
                        "x-trigger-workload-runner-id", runner));
    }

    /** Returns how the run is watched. */
    RunWatch.Settings watch() {
        return new RunWatch.Settings(snapshot, heartbeatInterval, pollInterval, lease, RunThreads.PLATFORM);
    }

    /** Collects every problem, so that an operator sees all of them at once. */
    private record Variables(Map<String, String> environment, List<String> problems) {
        Variables(Map<String, String> environment) {
            this(environment, new ArrayList<>());
        }

        String text(String name, String whereMissing) {
            String value = find(name);
            if (value == null) {
                problems.add(name + " is not set");
                return whereMissing;
            }
            return value;
        }

        Duration seconds(String name, int whereAbsent) {
            String value = find(name);
            try {
                Duration duration =
                        Duration.ofMillis(Math.round(1000 * (value == null ? whereAbsent : Double.parseDouble(value))));
                if (duration.isPositive()) {
                    return duration;
                }
            } catch (NumberFormatException e) {
                // reported below, like a number that is too small
            }
            problems.add(name + " is no positive number: " + value);
            return Duration.ofSeconds(whereAbsent);
        }

        private @Nullable String find(String name) {
            String value = environment.get(name);
            return value == null || value.isBlank() ? null : value;
        }

        void refuseProblems() {
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(
                        "This process is started by a supervisor. " + String.join(", ", problems) + ".");
            }
        }
    }
}
