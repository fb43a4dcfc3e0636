package dev.runyard.webapp.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls the server with the headers of one kind of caller.
///
/// @param baseUrl of the server
/// @param headers that every call carries
public record Http(String baseUrl, Map<String, String> headers) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A caller without credentials.
    public static Http anonymous(String baseUrl) {
        return new Http(baseUrl, Map.of());
    }

    /// Adds a header.
    public Http with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Http(baseUrl, all);
    }

    /// Calls another server with the same headers.
    public Http at(String otherBaseUrl) {
        return new Http(otherBaseUrl, headers);
    }

    public Answer get(String path) {
        return call("GET", path, BodyPublishers.noBody());
    }

    /// Posts a value as JSON; none sends no body.
    public Answer post(String path, @Nullable Object body) {
        return call(
                "POST",
                path,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    public Answer postText(String path, String body) {
        return call("POST", path, BodyPublishers.ofString(body));
    }

    /// Puts a value as JSON.
    public Answer put(String path, Object body) {
        return putText(path, JSON.writeValueAsString(body));
    }

    public Answer putText(String path, String body) {
        return call("PUT", path, BodyPublishers.ofString(body));
    }

    public Answer delete(String path) {
        return call("DELETE", path, BodyPublishers.noBody());
    }

    public Answer postBytes(String path, byte[] body) {
        return call("POST", path, BodyPublishers.ofByteArray(body));
    }

    /// Calls with any method and a body as text; an empty one is none.
    public Answer send(String method, String path, String body) {
        return call(method, path, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private Answer call(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path)).method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// An answer of the server.
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public <T> T as(Class<T> type) {
            if (status() >= 300) {
                throw new AssertionError(status() + " " + text());
            }
            return JSON.readValue(response.body(), type);
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
