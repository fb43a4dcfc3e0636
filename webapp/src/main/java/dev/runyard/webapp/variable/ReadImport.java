package dev.runyard.webapp.variable;

import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/// Reads many variables at once: as JSON, or as an uploaded file of lines.
@Component
class ReadImport {
    private final JsonBody bodies;
    private final VariableProperties limits;

    ReadImport(JsonBody bodies, VariableProperties limits) {
        this.bodies = bodies;
        this.limits = limits;
    }

    /// @param variables in the order of the body
    /// @param mayOverwrite whether names that exist get the new values
    record Import(List<Variable> variables, boolean mayOverwrite) {}

    record Body(
            @Nullable Map<String, String> variables,
            @Nullable Boolean override,
            @Nullable Boolean isSecret,
            @Nullable Map<String, String> parentVariables) {}

    Import read(HttpServletRequest request) throws IOException {
        if (request instanceof MultipartHttpServletRequest upload) {
            return upload(upload);
        }
        Body body = bodies.read(request, limits.maxImportBytes(), Body.class);
        if (body.variables() == null) {
            throw ApiException.invalidBody("variables", "is missing");
        }
        Map<String, String> all = new LinkedHashMap<>();
        all.putAll(Objects.requireNonNullElse(body.parentVariables(), Map.of()));
        all.putAll(body.variables());
        return new Import(listed(all, Boolean.TRUE.equals(body.isSecret())), Boolean.TRUE.equals(body.override()));
    }

    private Import upload(MultipartHttpServletRequest upload) throws IOException {
        MultipartFile file = upload.getFile("variables");
        if (file == null || file.getSize() > limits.maxImportBytes()) {
            throw ApiException.invalidBody(
                    "variables", "must be a file of up to " + limits.maxImportBytes() + " bytes");
        }
        String text = new String(file.getBytes(), StandardCharsets.UTF_8);
        return new Import(
                listed(Dotenv.parse(text), Boolean.parseBoolean(upload.getParameter("isSecret"))),
                Boolean.parseBoolean(upload.getParameter("override")));
    }

    private static List<Variable> listed(Map<String, String> values, boolean isSecret) {
        return values.entrySet().stream()
                .map(entry -> {
                    if (entry.getValue() == null) {
                        throw ApiException.invalidBody("variables." + entry.getKey(), "must be a text");
                    }
                    return new Variable(entry.getKey(), entry.getValue(), isSecret);
                })
                .toList();
    }
}
