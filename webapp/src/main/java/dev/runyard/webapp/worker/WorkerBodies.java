package dev.runyard.webapp.worker;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads bodies of workers as JSON whatever their content type says: official workers send JSON as `text/plain`.
@Component
class WorkerBodies {
    private final JsonMapper json;

    WorkerBodies(JsonMapper json) {
        this.json = json;
    }

    <T> T read(byte @Nullable [] body, Class<T> type) {
        T value = readOrNull(body, type);
        if (value == null) {
            throw new WorkerRequestException("Body Error", "a body is required");
        }
        return value;
    }

    <T> @Nullable T readOrNull(byte @Nullable [] body, Class<T> type) {
        if (body == null || body.length == 0) {
            return null;
        }
        try {
            return json.readValue(body, type);
        } catch (JacksonException e) {
            throw new WorkerRequestException("Body Error", "the body cannot be read" + place(e));
        }
    }

    /// Names the member, not the class that it was to become.
    private static String place(JacksonException e) {
        String path = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : " at " + path;
    }
}
