package dev.runyard.engine.trigger;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.protocol.manifest.TaskResource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides which version a new run is pinned to: the one that its caller names, that of the deployment with
/// the external id that its caller names, or that of the parent which waits for it. Other runs get the
/// current version when they start.
final class PinVersion {
    private final WorkerVersions versions;

    PinVersion(WorkerVersions versions) {
        this.versions = versions;
    }

    /// What became of it.
    sealed interface Pin {
        /// The run is pinned.
        record To(WorkerVersion version, TaskResource task) implements Pin {}

        /// The run takes the version that is current when it starts.
        ///
        /// @param task the task in the version that is current now
        record None(Optional<TaskResource> task) implements Pin {}

        /// The run waits for its deployment.
        record NotThere() implements Pin {}

        /// The run cannot be.
        record Refused(String sentence) implements Pin {}
    }

    Pin pin(TriggerCommand command, EnvironmentSettings environment, @Nullable WorkerVersion ofParent) {
        String number = command.lockToVersion();
        if (number != null) {
            return versions.findByNumber(command.environmentId(), number)
                    .map(version -> locked(command, version))
                    .orElseGet(() -> new Pin.Refused(
                            "Task locked to version '" + number + "', but no worker found with that version."));
        }
        String externalId = command.externalDeploymentId();
        if (externalId != null && !environment.isDevelopment()) {
            return versions.findByExternalId(command.environmentId(), externalId.strip())
                    .map(version -> locked(command, version))
                    .orElseGet(Pin.NotThere::new);
        }
        if (ofParent != null) {
            return locked(command, ofParent);
        }
        return new Pin.None(
                versions.current(command.environmentId()).flatMap(version -> version.task(command.taskId())));
    }

    private static Pin locked(TriggerCommand command, WorkerVersion version) {
        Optional<TaskResource> task = version.task(command.taskId());
        if (task.isEmpty()) {
            return new Pin.Refused(
                    "Task '" + command.taskId() + "' not found on locked version '" + version.number() + "'.");
        }
        String queue = command.queue();
        if (queue != null && !version.hasQueue(PrepareTrigger.queueName(command, task))) {
            return new Pin.Refused("Specified queue '" + queue + "' not found or not associated with locked version '"
                    + version.number() + "'.");
        }
        return new Pin.To(version, task.get());
    }
}
