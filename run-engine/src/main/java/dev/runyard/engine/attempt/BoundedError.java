package dev.runyard.engine.attempt;

import dev.runyard.protocol.run.TaskRunError;
import org.jspecify.annotations.Nullable;

/// Makes an error fit to be stored: a stack of a million frames does not swell the history, and no character is left
/// that PostgreSQL cannot store.
final class BoundedError {
    /// Most characters of an exception's name.
    static final int MAX_NAME = 1_024;
    /// Most characters of a message, a stack trace or a thrown value.
    static final int MAX_TEXT = 16_384;

    private static final char REPLACEMENT = '\uFFFD';

    private BoundedError() {}

    static TaskRunError of(TaskRunError error) {
        return switch (error) {
            case TaskRunError.BuiltIn(String name, String message, String stack) ->
                new TaskRunError.BuiltIn(cut(name, MAX_NAME), cut(message, MAX_TEXT), cut(stack, MAX_TEXT));
            case TaskRunError.Internal internal ->
                new TaskRunError.Internal(
                        internal.code(), cutOrNull(internal.message()), cutOrNull(internal.stackTrace()));
            case TaskRunError.Custom(String raw) -> new TaskRunError.Custom(cut(raw, MAX_TEXT));
            // Only the server itself knows why a run expired.
            case TaskRunError.Text text -> new TaskRunError.Text(cut(text.raw(), MAX_TEXT));
        };
    }

    private static @Nullable String cutOrNull(@Nullable String text) {
        return text == null ? null : cut(text, MAX_TEXT);
    }

    /// Cuts a text without splitting a pair of surrogates: half of one is no character.
    private static String cut(String text, int max) {
        int end = Math.min(text.length(), max);
        boolean splitsPair = end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end).replace('\0', REPLACEMENT);
    }
}
