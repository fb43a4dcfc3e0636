package dev.runyard.webapp.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.run.TaskRunError;
import org.jspecify.annotations.Nullable;

/// Why a run failed, in the form of the run object.
///
/// @param message what a user reads first
/// @param name of the exception, or the platform's code
/// @param stackTrace where there is one
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunError(
        String message, @Nullable String name, @Nullable String stackTrace) {
    static RunError of(TaskRunError error) {
        return switch (error) {
            case TaskRunError.BuiltIn(String name, String message, String stackTrace) ->
                new RunError(message, name, stackTrace);
            case TaskRunError.Custom(String raw) -> new RunError(raw, null, null);
            case TaskRunError.Text text -> new RunError(text.raw(), null, null);
            case TaskRunError.Internal internal ->
                new RunError(internal.summary(), internal.code().name(), internal.stackTrace());
        };
    }
}
