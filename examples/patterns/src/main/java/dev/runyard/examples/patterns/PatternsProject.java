package dev.runyard.examples.patterns;

import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.RunyardProject;
import java.time.Duration;

/** What the tasks of this project have in common. */
public final class PatternsProject implements RunyardProject {
    @Override
    public ProjectConfig config() {
        return ProjectConfig.create()
                .defaultRetry(Retry.exponential(3, Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)))
                .withoutRetriesInDevelopment()
                .defaultMaxDuration(Duration.ofMinutes(5))
                .logLevel(LogLevel.DEBUG)
                .onFailure((input, error, context) ->
                        context.logger().error(context.taskId() + " failed: " + error.getMessage()));
    }
}
