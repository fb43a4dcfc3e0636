package dev.runyard.webapp.api.shared;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

/// Reads the JSON body of a request into a record, whatever its content type says.
@Component
public class JsonBody {
    private static final String NUL = "\\u0000";

    private final JsonMapper json;

    JsonBody(JsonMapper json) {
        this.json = json;
    }

    /// Reads a body.
    ///
    /// @throws ApiException where there is none, or where it cannot be read; it then says which member is wrong
    public <T> T read(HttpServletRequest request, int maxBytes, Class<T> type) throws IOException {
        String text = BodyText.read(request, maxBytes);
        if (text.isBlank()) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Request body is empty");
        }
        return parse(text, type);
    }

    /// Reads a body; one that is missing is the same as an empty object.
    public <T> T readOptional(HttpServletRequest request, int maxBytes, Class<T> type) throws IOException {
        String text = BodyText.read(request, maxBytes);
        return parse(text.isBlank() ? "{}" : text, type);
    }

    private <T> T parse(String text, Class<T> type) {
        try {
            T value = json.readValue(text, type);
            if (value == null) {
                throw ApiException.of(HttpStatus.BAD_REQUEST, "Invalid JSON");
            }
            if (json.writeValueAsString(value).contains(NUL)) {
                throw ApiException.invalidBody("body", "must not hold the character U+0000");
            }
            return value;
        } catch (StreamReadException _) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Invalid JSON");
        } catch (JacksonException e) {
            throw ApiException.invalidBody(pathOf(e), "has the wrong type or an unknown value");
        }
    }

    private static String pathOf(JacksonException e) {
        List<JacksonException.Reference> path = e.getPath();
        String text = path.stream()
                .map(step -> step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName())
                .collect(Collectors.joining("."));
        return text.isEmpty() ? "body" : text;
    }
}
