package dev.runyard.webapp.deployment;

import java.util.List;

/// What became of a step of a deployment.
///
/// @param <T> what a step that was done gives
sealed interface DeploymentOutcome<T> {
    /// @param value what the step gives
    record Done<T>(T value) implements DeploymentOutcome<T> {}

    /// What the caller sent cannot be used; nothing was written.
    ///
    /// @param problems what to change, at least one
    record Invalid<T>(List<ManifestProblem> problems) implements DeploymentOutcome<T> {
        static <T> Invalid<T> of(String path, String message) {
            return new Invalid<>(List.of(new ManifestProblem(path, message)));
        }
    }

    /// The environment has no such deployment.
    record Unknown<T>() implements DeploymentOutcome<T> {}

    /// The step does not follow the one before; nothing was written.
    ///
    /// @param sentence why, and what to do
    record OutOfOrder<T>(String sentence) implements DeploymentOutcome<T> {}
}
