package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The server's routes about deployments.
final class DeploymentApi implements AutoCloseable {
    private static final String ROOT = "/api/v1/deployments";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final Target target;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    DeploymentApi(Target target) {
        this.target = target;
    }

    /// A release record that has its version number but no tasks yet.
    record Begun(String id, String version) {}

    Begun begin(String contentHash, @Nullable String externalId) {
        ObjectNode request =
                json.createObjectNode().put("contentHash", contentHash).put("runtime", "java");
        if (externalId != null) {
            request.put("externalDeploymentId", externalId);
        }
        JsonNode answer = post("", request);
        return new Begun(answer.path("id").asString(), answer.path("version").asString());
    }

    void register(Begun deployment, Object tasks) {
        var _ = post("/" + deployment.id() + "/background-workers", tasks);
    }

    /// Returns what whoever releases the version should know; empty where there is nothing.
    String finish(Begun deployment, String imageReference, Release release) {
        ObjectNode request = json.createObjectNode().put("imageReference", imageReference);
        if (release.isChecked()) {
            request.put("checkImage", true);
        }
        if (!release.isPromoted()) {
            request.put("skipPromotion", true);
        }
        return post("/" + deployment.id() + "/finalize", request)
                .path("warning")
                .asString("");
    }

    /// How far a deployment is.
    ///
    /// @param status such as `DEPLOYED`
    /// @param failure why it failed; empty where it did not
    record Progress(String status, String failure) {}

    Progress progress(Begun deployment) {
        JsonNode answer = read(send(request("/" + deployment.id()).GET().build()));
        return new Progress(
                answer.path("status").asString(),
                answer.path("errorData").path("message").asString(""));
    }

    /// Makes a version that was deployed before the one that new runs get.
    void promote(String version, boolean mayBeOlder) {
        var _ = post("/" + version + "/promote?allowRollbacks=" + mayBeOlder, json.createObjectNode());
    }

    /// What runs without a pinned version get.
    record Current(String version, String imageReference) {}

    Optional<Current> current() {
        HttpResponse<String> response = send(request("/current").GET().build());
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        JsonNode answer = read(response);
        return Optional.of(new Current(
                answer.path("version").asString(), answer.path("imageReference").asString("")));
    }

    private JsonNode post(String path, Object body) {
        return read(send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                .build()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(target.url().toString().replaceAll("/+$", "") + ROOT + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + target.secretKey());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailure("No server answers at " + target + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while the server at " + target + " was asked", e);
        }
    }

    private JsonNode read(HttpResponse<String> response) {
        try {
            JsonNode answer = json.readTree(response.body());
            if (response.statusCode() == OK) {
                return answer;
            }
            throw new CommandFailure("The server at " + target + " refused (" + response.statusCode() + "): "
                    + answer.path("error").asString(response.body()));
        } catch (JacksonException e) {
            throw new CommandFailure(
                    "What answers at " + target + " (" + response.statusCode() + ") is no Runyard server.", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
