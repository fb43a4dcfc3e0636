package dev.runyard.engine.claim;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.WorkerVersionId;
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

        /// Its environment has another worker queue than the one that it was claimed from.
        record Elsewhere(String workerQueue) implements Verdict {}

        /// Its environment is gone.
        record NoEnvironment() implements Verdict {}
    }

    /// Decides what a run can do that was claimed from a worker queue.
    Verdict assign(RunState state, String workerQueue) {
        Optional<EnvironmentSettings> environment = environments.find(state.environmentId());
        if (environment.isEmpty()) {
            return new Verdict.NoEnvironment();
        }
        String right = environment.get().workerQueue();
        if (!right.equals(workerQueue) || !right.equals(state.workerQueue())) {
            return new Verdict.Elsewhere(right);
        }
        Optional<WorkerVersion> version = version(state, environment.get());
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

    /// A run keeps its version, unless nobody can start that any more: then it gets the current one.
    private Optional<WorkerVersion> version(RunState state, EnvironmentSettings environment) {
        WorkerVersionId pinned = state.workerVersionId();
        if (pinned == null) {
            return versions.current(state.environmentId());
        }
        return versions.find(pinned)
                .flatMap(found -> found.isOfOwnWorkers() == environment.hasOwnWorkers()
                        ? Optional.of(found)
                        : versions.current(state.environmentId()));
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
