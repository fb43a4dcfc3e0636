package dev.runyard.webapp.deployment;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

/// Reads bodies of deployments, whatever their content type says, and tells where one cannot be read: a build tool that
/// writes an unknown machine size must be told which task has it.
@Component
class ManifestBodies {
    private static final String NUL = "\\u0000";

    private final JsonMapper json;

    ManifestBodies(JsonMapper json) {
        this.json = json;
    }

    <T> Body<T> read(byte @Nullable [] body, Class<T> type) {
        if (body == null || body.length == 0) {
            return new Body.Unreadable<>(List.of(new ManifestProblem("body", "is missing")));
        }
        try {
            T value = json.readValue(body, type);
            if (value == null) {
                return new Body.Unreadable<>(List.of(new ManifestProblem("body", "is null")));
            }
            // The database's JSON cannot hold this character, and no name or description needs it.
            return json.writeValueAsString(value).contains(NUL)
                    ? new Body.Unreadable<>(List.of(new ManifestProblem("body", "holds the character U+0000")))
                    : new Body.Read<>(value);
        } catch (JacksonException e) {
            return new Body.Unreadable<>(List.of(new ManifestProblem(pathOf(e), messageOf(e))));
        }
    }

    private static String pathOf(JacksonException e) {
        String path = e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "body" : path.replaceFirst("^\\.", "");
    }

    private static String messageOf(JacksonException e) {
        if (e instanceof StreamReadException) {
            return "is not JSON";
        }
        Throwable cause = e.getCause();
        return cause instanceof IllegalArgumentException
                ? Objects.requireNonNullElse(cause.getMessage(), "cannot be read")
                : "has the wrong type or an unknown value";
    }

    /// A body, or what is wrong with it.
    sealed interface Body<T> {
        /// @param value what it says
        record Read<T>(T value) implements Body<T> {}

        /// @param problems where it cannot be read
        record Unreadable<T>(List<ManifestProblem> problems) implements Body<T> {}
    }
}
