package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.run.TaskRunError;
import org.jspecify.annotations.Nullable;

/// Why a run or an attempt failed, in one shape for all kinds.
///
/// @param name type of the exception
/// @param message one sentence
/// @param stackTrace as text
/// @param code what the platform found
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunError(
        @Nullable String name,
        String message,
        @Nullable String stackTrace,
        @Nullable String code) {

    static @Nullable RunError ofNullable(@Nullable TaskRunError error) {
        return error == null ? null : of(error);
    }

    static RunError of(TaskRunError error) {
        return switch (error) {
            case TaskRunError.BuiltIn(var name, var message, var stackTrace) ->
                new RunError(name, message, stackTrace, null);
            case TaskRunError.Custom(var raw) -> new RunError(null, raw, null, null);
            case TaskRunError.Text text -> new RunError(null, text.raw(), null, null);
            case TaskRunError.Internal internal ->
                new RunError(
                        null,
                        internal.summary(),
                        internal.stackTrace(),
                        internal.code().name());
        };
    }
}
