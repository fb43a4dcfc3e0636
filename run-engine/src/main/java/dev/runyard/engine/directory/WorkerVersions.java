package dev.runyard.engine.directory;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WorkerVersionId;
import java.util.Optional;

/// Port to the control plane's worker versions. Called for every claim: implementations cache. The engine
/// never calls it inside a transaction of its own.
public interface WorkerVersions {
    /// Finds the version that runs without a pinned one get: the promoted deployment's.
    Optional<WorkerVersion> current(EnvironmentId environment);

    /// Finds a version by its id.
    Optional<WorkerVersion> find(WorkerVersionId id);

    /// Finds a version of an environment by its number, such as `20261121.1`.
    Optional<WorkerVersion> findByNumber(EnvironmentId environment, String number);

    /// Finds the version of an environment that was deployed under an external id, such as a commit: the
    /// highest one where several were. A deployment that can be started must be found at once, so an
    /// absence is not cached.
    Optional<WorkerVersion> findByExternalId(EnvironmentId environment, String externalId);
}
