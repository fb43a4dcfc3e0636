package dev.runyard.supervisor.consume;

import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.supervisor.config.TimingProperties;
import dev.runyard.supervisor.workloadapi.RunnerTokens;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes the environment variables of a workload: how it finds its supervisor, and what it is.
///
/// The task's own variables and secrets are not among them. The runner gets those over the workload API.
public final class WorkloadEnvironment {

    /// Where a workload finds things, as seen from where it runs.
    ///
    /// @param webapp the webapp
    /// @param workloadApiDomain this supervisor's host
    /// @param workloadApiPort this supervisor's port
    /// @param instanceName this supervisor's name
    /// @param isWarm whether a workload may ask for another run
    public record Surroundings(
            URI webapp, String workloadApiDomain, int workloadApiPort, String instanceName, boolean isWarm) {}

    private static final String JAVA = "java";

    private final Surroundings surroundings;
    private final TimingProperties timing;
    private final RunnerTokens tokens;

    public WorkloadEnvironment(Surroundings surroundings, TimingProperties timing, RunnerTokens tokens) {
        this.surroundings = surroundings;
        this.timing = timing;
        this.tokens = tokens;
    }

    Map<String, String> of(DequeuedMessage message, String runner, Instant scheduledAt) {
        Map<String, String> variables = new LinkedHashMap<>();
        describeRun(variables, message);
        describeSupervisor(variables);
        variables.put("TRIGGER_DEPLOYMENT_ID", tokens.issue(message.run().friendlyId()));
        variables.put("TRIGGER_RUNNER_ID", runner);
        if (surroundings.isWarm() && JAVA.equals(message.backgroundWorker().runtime())) {
            variables.put(
                    "TRIGGER_WARM_START_URL",
                    "http://" + surroundings.workloadApiDomain() + ":" + surroundings.workloadApiPort()
                            + "/api/v1/warm");
        }
        variables.put(
                "TRIGGER_DEQUEUED_AT_MS", Long.toString(message.dequeuedAt().toEpochMilli()));
        variables.put("TRIGGER_POD_SCHEDULED_AT_MS", Long.toString(scheduledAt.toEpochMilli()));
        return variables;
    }

    /// Makes the variables of a workload that has no run: it shows that its image works, and ends.
    public Map<String, String> ofCheck(String runner) {
        Map<String, String> variables = new LinkedHashMap<>();
        describeSupervisor(variables);
        variables.put("TRIGGER_RUNNER_ID", runner);
        variables.put("RUNYARD_CHECK", "1");
        return variables;
    }

    private static void describeRun(Map<String, String> variables, DequeuedMessage message) {
        var deployment = message.deployment().friendlyId();
        variables.put("TRIGGER_RUN_ID", message.run().friendlyId().toString());
        variables.put("TRIGGER_SNAPSHOT_ID", message.snapshot().friendlyId().toString());
        variables.put("TRIGGER_ENV_ID", message.environment().id());
        variables.put("TRIGGER_DEPLOYMENT_FRIENDLY_ID", deployment == null ? "" : deployment.toString());
        variables.put("TRIGGER_DEPLOYMENT_VERSION", message.backgroundWorker().version());
        variables.put(
                "TRIGGER_MACHINE_CPU", Double.toString(message.run().machine().cpu()));
        variables.put(
                "TRIGGER_MACHINE_MEMORY",
                Double.toString(message.run().machine().memory()));
    }

    private void describeSupervisor(Map<String, String> variables) {
        variables.put(
                "OTEL_EXPORTER_OTLP_ENDPOINT", surroundings.webapp().toString().replaceAll("/+$", "") + "/otel");
        variables.put("TRIGGER_SUPERVISOR_API_PROTOCOL", "http");
        variables.put("TRIGGER_SUPERVISOR_API_DOMAIN", surroundings.workloadApiDomain());
        variables.put("TRIGGER_SUPERVISOR_API_PORT", Integer.toString(surroundings.workloadApiPort()));
        variables.put("TRIGGER_WORKER_INSTANCE_NAME", surroundings.instanceName());
        variables.put(
                "TRIGGER_HEARTBEAT_INTERVAL_SECONDS",
                Long.toString(timing.runnerHeartbeat().toSeconds()));
        variables.put(
                "TRIGGER_SNAPSHOT_POLL_INTERVAL_SECONDS",
                Long.toString(timing.runnerPoll().toSeconds()));
        variables.put(
                "RUNYARD_STOP_GRACE_SECONDS",
                Long.toString(timing.runnerStopGrace().toSeconds()));
        variables.put(
                "RUNYARD_LEASE_SECONDS", Long.toString(timing.runnerLease().toSeconds()));
    }
}
