package dev.runyard.sdk;

/**
 * Says what all tasks of a project have in common. One class implements it and is named in the file
 * {@code META-INF/services/dev.runyard.sdk.RunyardProject} of the project's resources.
 *
 * <pre>{@code
 * public final class Shop implements RunyardProject {
 *     public ProjectConfig config() {
 *         return ProjectConfig.create()
 *                 .defaultRetry(Retry.exponential(3, Duration.ofSeconds(1)))
 *                 .onFailure((input, error, context) -> context.logger().error("failed", error));
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface RunyardProject {

    /** Returns the settings; it is called once per process. */
    ProjectConfig config();
}
