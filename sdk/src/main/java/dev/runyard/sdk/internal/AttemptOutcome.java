package dev.runyard.sdk.internal;

import dev.runyard.protocol.run.TaskRunError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the task's code ended. */
public sealed interface AttemptOutcome {

    /**
     * It returned.
     *
     * @param output the output as JSON; absent where it is null
     */
    record Succeeded(@Nullable String output) implements AttemptOutcome {}

    /**
     * It failed.
     *
     * @param error why
     * @param retryIn when to try again; absent where not
     * @param aborted whether the code itself refused another attempt
     */
    record Failed(TaskRunError error, @Nullable Duration retryIn, boolean aborted) implements AttemptOutcome {}
}
