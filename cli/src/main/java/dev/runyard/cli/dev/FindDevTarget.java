package dev.runyard.cli.dev;

import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds the development environment of a session: the caller's own by a personal token, or that of a key.
///
/// A session takes the runs of its environment away from everybody else, so other environments are refused.
final class FindDevTarget {
    private static final String DEV_KEY = "tr_dev_";
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int OK = 200;

    private final URI url;
    private final JsonMapper json = JsonMapper.builder().build();

    FindDevTarget(URI url) {
        this.url = url;
    }

    DevTarget find(@Nullable String token, @Nullable String projectRef, @Nullable String key, Path data) {
        String found;
        if (token != null && !token.isBlank()) {
            found = ownKey(token, projectRef);
        } else if (key != null && !key.isBlank()) {
            found = key;
        } else {
            found = localKey(data);
        }
        if (!found.startsWith(DEV_KEY)) {
            throw new CommandFailure("The key is not that of a development environment (" + DEV_KEY + "…). A session"
                    + " would take the runs of all others away; use --token, or the key of a development environment.");
        }
        return new DevTarget(url, found, sessions(found));
    }

    private String ownKey(String token, @Nullable String projectRef) {
        if (projectRef == null || projectRef.isBlank()) {
            throw new CommandFailure("Name the project with --project-ref or in TRIGGER_PROJECT_REF, such as proj_….");
        }
        return get("/api/v1/projects/" + projectRef + "/dev", token)
                .path("apiKey")
                .asString("");
    }

    private String localKey(Path data) {
        Path keys = data.resolve("secrets").resolve("keys.json");
        if (!Files.isReadable(keys)) {
            throw new CommandFailure("There is no token, no key, and no `runyard up` with its data in " + data
                    + ". Give your personal token with --token and the project with --project-ref.");
        }
        try {
            return json.readTree(Files.readString(keys))
                    .path("environments")
                    .path("dev")
                    .path("secretKey")
                    .asString("");
        } catch (IOException e) {
            throw new CommandFailure(keys + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<String> sessions(String key) {
        return get("/engine/v1/dev/config", key)
                .path("workers")
                .valueStream()
                .map(worker -> worker.asString(""))
                .toList();
    }

    private JsonNode get(String path, String credential) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.toString().replaceAll("/+$", "") + path))
                .timeout(TIMEOUT)
                .header("authorization", "Bearer " + credential)
                .build();
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build()) {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            JsonNode answer = json.readTree(response.body());
            if (response.statusCode() != OK) {
                throw new CommandFailure("The server at " + url + " refused (" + response.statusCode() + "): "
                        + answer.path("error").asString(response.body()));
            }
            return answer;
        } catch (IOException e) {
            throw new CommandFailure("No server answers at " + url + ": " + e, e);
        } catch (JacksonException e) {
            throw new CommandFailure("What answers at " + url + " is no Runyard server.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while the server at " + url + " was asked", e);
        }
    }
}
