package dev.runyard.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Deploys a bundle through the API as a tool does: index, initialize, register, finalize.
public final class Deployer {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI api;
    private final String key;

    public Deployer(URI api, String key) {
        this.api = api;
        this.key = key;
    }

    /// Deploys a bundle; returns the version's number.
    ///
    /// @param image what supervisors start, such as `bundle:/folder` or an image reference
    public String deploy(Path bundle, String image) {
        JsonNode manifest = index(bundle);
        String hash = UUID.randomUUID().toString();
        JsonNode deployment = post("/api/v1/deployments", Map.of("contentHash", hash, "runtime", "java"));
        String id = deployment.get("id").asString();
        post("/api/v1/deployments/" + id + "/background-workers", Map.of("localOnly", true, "metadata", manifest));
        return post("/api/v1/deployments/" + id + "/finalize", Map.of("imageReference", image))
                .get("version")
                .asString();
    }

    private static JsonNode index(Path bundle) {
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            bundle.resolve("lib") + "/*",
                            "dev.runyard.runner.Indexer"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the bundle could not be indexed");
            }
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode post(String path, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
