package dev.runyard.engine.claim;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.run.MachinePreset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Chooses the version that a claimed run starts on, and fixes what the run takes from its task.
///
/// A run keeps the version, the retry settings and the limits of its first claim, so that a deployment in
/// between does not change a run that is under way.
public final class AssignVersion {
    private final Environments environments;
    private final WorkerVersions versions;

    public AssignVersion(Environments environments, WorkerVersions versions) {
        this.environments = environments;
        this.versions = versions;
    }

    /// What a claimed run can do.
    sealed interface Verdict {
        /// It can start.
        record Startable(ClaimRepository.Assignment assignment, WorkerVersion version, EnvironmentSettings environment)
                implements Verdict {}

        /// It must wait for a version; the reason is for people.
        record NoVersion(String reason) implements Verdict {}

        /// Its ttl is over, although its timer did not fire yet.
        record Expired() implements Verdict {}

        /// Its environment is gone.
        record NoEnvironment() implements Verdict {}
    }

    Verdict assign(RunState state) {
        Optional<EnvironmentSettings> environment = environments.find(state.environmentId());
        if (environment.isEmpty()) {
            return new Verdict.NoEnvironment();
        }
        Optional<WorkerVersion> version = state.workerVersionId() == null
                ? versions.current(state.environmentId())
                : versions.find(state.workerVersionId());
        if (version.isEmpty()) {
            return new Verdict.NoVersion("Nothing is deployed to this environment yet.");
        }
        WorkerVersion found = version.get();
        Optional<TaskResource> task = found.task(state.taskId());
        if (task.isEmpty()) {
            return new Verdict.NoVersion("Version " + found.number() + " has no task '" + state.taskId()
                    + "'. Deploy a version that has it.");
        }
        if (found.image() == null) {
            return new Verdict.NoVersion("Version " + found.number() + " has no image to start.");
        }
        return new Verdict.Startable(assignment(state, found, task.get()), found, environment.get());
    }

    private static ClaimRepository.Assignment assignment(RunState state, WorkerVersion version, TaskResource task) {
        RetryOptions retry = state.retry() == null ? task.retry() : state.retry();
        return new ClaimRepository.Assignment(
                state,
                version.id(),
                machine(state.machine(), task),
                state.maxAttempts() != null ? state.maxAttempts() : retry == null ? null : (Integer) retry.attempts(),
                state.maxDurationSeconds() != null ? state.maxDurationSeconds() : task.maxDuration(),
                retry);
    }

    private static MachinePreset machine(@Nullable MachinePreset asked, TaskResource task) {
        if (asked != null) {
            return asked;
        }
        TaskResource.Machine configured = task.machine();
        return configured == null || configured.preset() == null ? MachinePreset.DEFAULT : configured.preset();
    }
}
