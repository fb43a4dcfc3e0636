package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The engine's calls about checkpoints, which its client does not know. Each throws where the engine does not answer.
final class CheckpointCalls {
    private static final int OK = 300;

    private final DockerConnection docker;
    private final JsonMapper json = JsonMapper.builder().build();

    CheckpointCalls(DockerConnection docker) {
        this.docker = docker;
    }

    /// What the engine answered.
    record Answer(int status, String body, String message) {
        boolean isSuccess() {
            return status < OK;
        }
    }

    /// Stores a container's process and lets it go on.
    ///
    /// @param folder where on the engine's machine; with the container where absent
    /// @return why that was impossible, a sentence
    Optional<String> store(String container, String name, @Nullable String folder) {
        try {
            if (!isSandboxed(container)) {
                return Optional.of("its container was started without a sandbox for its network.");
            }
            // What an earlier time has left, which usually is nothing.
            delete(container, name, folder);
            Answer answer = create(container, name, folder);
            return answer.isSuccess()
                    ? Optional.empty()
                    : Optional.of("the Docker engine made no checkpoint: " + answer.message());
        } catch (RuntimeException e) {
            return Optional.of("the Docker engine made no checkpoint: " + Messages.of(e));
        }
    }

    private Answer create(String container, String name, @Nullable String folder) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("CheckpointID", name, "Exit", false));
        if (folder != null) {
            body.put("CheckpointDir", folder);
        }
        return call(Method.POST, path(container), json.writeValueAsString(body));
    }

    /// Removes what was stored. The container need not be the one that it was stored of.
    Answer delete(String container, String name, @Nullable String folder) {
        return call(Method.DELETE, path(container) + "/" + name + query(folder), "");
    }

    /// Returns the names of all that is stored in a folder; nothing where the folder does not exist yet.
    List<String> names(String container, String folder) {
        Answer answer = call(Method.GET, path(container) + query(folder), "");
        if (answer.message().contains("does not exist")) {
            return List.of();
        }
        if (!answer.isSuccess()) {
            throw new DockerException(answer.message(), answer.status());
        }
        JsonNode all = json.readTree(answer.body());
        return all.valueStream().map(one -> one.path("Name").asString()).toList();
    }

    /// Starts a container from what was stored with it.
    Answer start(String container, String name) {
        return call(Method.POST, "/containers/" + container + "/start?checkpoint=" + name, "");
    }

    /// Tells whether a container can be stored at all.
    boolean isSandboxed(String runner) {
        String mode = docker.commands()
                .inspectContainerCmd(runner)
                .exec()
                .getHostConfig()
                .getNetworkMode();
        return mode != null && mode.startsWith(Sandbox.MODE);
    }

    private static String path(String container) {
        return "/containers/" + container + "/checkpoints";
    }

    private static String query(@Nullable String folder) {
        return folder == null ? "" : "?dir=" + URLEncoder.encode(folder, StandardCharsets.UTF_8);
    }

    private Answer call(Method method, String path, String body) {
        Request request = Request.builder()
                .method(method)
                .path(path)
                .putHeader("Content-Type", "application/json")
                .bodyBytes(body.getBytes(StandardCharsets.UTF_8))
                .build();
        try (DockerHttpClient.Response response = docker.plain().execute(request)) {
            String text = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(response.getStatusCode(), text, message(text));
        } catch (DockerException e) {
            return new Answer(e.getHttpStatus(), "", Messages.of(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String message(String body) {
        try {
            return body.isBlank() ? "" : json.readTree(body).path("message").asString(body);
        } catch (JacksonException e) {
            return body;
        }
    }
}
