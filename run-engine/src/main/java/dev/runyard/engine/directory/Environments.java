package dev.runyard.engine.directory;

import dev.runyard.protocol.id.EnvironmentId;
import java.util.List;
import java.util.Optional;

/// Port to the control plane's environments. Called on the trigger path: implementations cache. The engine
/// never calls it inside a transaction of its own.
public interface Environments {
    /// Finds an environment; empty where it does not exist or was archived.
    Optional<EnvironmentSettings> find(EnvironmentId id);

    /// Tells whether schedules trigger in an environment now. In a developer's own environment that nobody is connected
    /// to, they do not.
    default boolean takesTicks(EnvironmentSettings environment) {
        return true;
    }

    /// Returns every environment; used when the queue is rebuilt.
    List<EnvironmentSettings> all();
}
