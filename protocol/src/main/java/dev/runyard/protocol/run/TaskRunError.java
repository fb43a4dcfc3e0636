package dev.runyard.protocol.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** Why an attempt failed, in the form of the worker contract. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskRunError.BuiltIn.class, name = "BUILT_IN_ERROR"),
    @JsonSubTypes.Type(value = TaskRunError.Custom.class, name = "CUSTOM_ERROR"),
    @JsonSubTypes.Type(value = TaskRunError.Text.class, name = "STRING_ERROR"),
    @JsonSubTypes.Type(value = TaskRunError.Internal.class, name = "INTERNAL_ERROR")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface TaskRunError {

    /** Returns the sentence that a user reads first. */
    String summary();

    /**
     * An exception of the task's own code.
     *
     * @param name the exception's type
     * @param message its message, empty where it has none
     * @param stackTrace its stack trace as text
     */
    record BuiltIn(String name, String message, String stackTrace) implements TaskRunError {
        @Override
        public String summary() {
            return message.isEmpty() ? name : message;
        }
    }

    /**
     * A thrown value that is no exception; only runtimes other than the JVM have these.
     *
     * @param raw the value as JSON
     */
    record Custom(String raw) implements TaskRunError {
        @Override
        public String summary() {
            return raw;
        }
    }

    /**
     * A thrown string, which only runtimes other than the JVM have, or a sentence of the server.
     *
     * @param raw the string
     * @param code what the server means by it, absent for a thrown one; ours
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Text(String raw, @Nullable String code) implements TaskRunError {
        /** Code of a run that was not started in time. */
        public static final String EXPIRED = "RUN_EXPIRED";

        public Text(String raw) {
            this(raw, null);
        }

        /** Says why a run was not started in time. */
        public static Text expired(String sentence) {
            return new Text(sentence, EXPIRED);
        }

        @Override
        public String summary() {
            return raw;
        }
    }

    /**
     * A failure that the platform found.
     *
     * @param code what happened
     * @param message one sentence for the user, with the facts that the code lacks
     * @param stackTrace where there is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Internal(
            InternalErrorCode code,
            @Nullable String message,
            @Nullable String stackTrace) implements TaskRunError {
        public static Internal of(InternalErrorCode code, String message) {
            return new Internal(code, message, null);
        }

        @Override
        public String summary() {
            return message == null ? "The run ended with " + code : message;
        }
    }
}
