package dev.runyard.webapp.api.shared;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Reads bodies that are JSON objects, whatever their content type says.
@Component
public class ObjectBody {
    private final JsonText json;

    ObjectBody(JsonText json) {
        this.json = json;
    }

    /// Reads a body that must be there.
    ///
    /// @param maxBytes how large it may be
    public JsonMembers read(HttpServletRequest request, int maxBytes) throws IOException {
        String body = BodyText.read(request, maxBytes);
        if (body.isBlank()) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Request body is empty");
        }
        return parse(body);
    }

    /// Reads a body; one that is empty counts as an object without members.
    ///
    /// @param maxBytes how large it may be
    public JsonMembers readOptional(HttpServletRequest request, int maxBytes) throws IOException {
        String body = BodyText.read(request, maxBytes);
        return body.isBlank() ? new JsonMembers("", Map.of(), json) : parse(body);
    }

    /// Takes the text of a body apart.
    public JsonMembers parse(String body) {
        return json.members(body)
                .map(members -> new JsonMembers("", members, json))
                .orElseThrow(() -> ApiException.of(HttpStatus.BAD_REQUEST, "Invalid JSON"));
    }
}
