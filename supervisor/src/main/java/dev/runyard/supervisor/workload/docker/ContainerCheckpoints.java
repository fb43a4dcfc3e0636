package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import dev.runyard.supervisor.workload.Checkpoints;
import dev.runyard.supervisor.workload.StartOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Stores containers by the engine's own checkpoints, which CRIU makes. They lie with the stopped container.
final class ContainerCheckpoints implements Checkpoints {
    private static final Logger log = LoggerFactory.getLogger(ContainerCheckpoints.class);
    private static final String NAME = "wait";
    private static final int OK = 300;

    private final DockerConnection docker;
    private final Set<String> untold;
    private final JsonMapper json = JsonMapper.builder().build();

    /// @param untold containers whose end has to be told; one that is stored is not among them
    ContainerCheckpoints(DockerConnection docker, Set<String> untold) {
        this.docker = docker;
        this.untold = untold;
    }

    /// What the engine answered.
    private record Answer(int status, String message) {
        boolean isSuccess() {
            return status < OK;
        }
    }

    @Override
    public Optional<String> store(String runner) {
        try {
            if (!isSandboxed(runner)) {
                return Optional.of("its container was started without a sandbox for its network.");
            }
            drop(runner);
            Answer answer = call(Method.POST, path(runner), "{\"CheckpointID\":\"" + NAME + "\",\"Exit\":false}");
            return answer.isSuccess()
                    ? Optional.empty()
                    : Optional.of("the Docker engine made no checkpoint: " + answer.message());
        } catch (IOException | RuntimeException e) {
            return Optional.of("the Docker engine made no checkpoint: " + Messages.of(e));
        }
    }

    @Override
    public void end(String runner) {
        untold.remove(runner);
        try {
            docker.streams().stopContainerCmd(runner).withTimeout(0).exec();
        } catch (NotFoundException | NotModifiedException e) {
            log.debug("{} does not run any more", runner);
        }
    }

    @Override
    public void drop(String runner) {
        try {
            // There usually is none.
            call(Method.DELETE, path(runner) + "/" + NAME, "");
        } catch (IOException | RuntimeException e) {
            log.debug("cannot delete the checkpoint of {}", runner, e);
        }
    }

    @Override
    public StartOutcome restore(String runner) {
        try {
            end(runner);
            untold.add(runner);
            Answer answer = call(Method.POST, "/containers/" + runner + "/start?checkpoint=" + NAME, "");
            if (answer.isSuccess()) {
                return new StartOutcome.Started();
            }
            untold.remove(runner);
            return failure(answer.message());
        } catch (IOException | RuntimeException e) {
            untold.remove(runner);
            return failure(Messages.of(e));
        }
    }

    private static StartOutcome failure(String cause) {
        return new StartOutcome.Unavailable("The process of the waiting run could not be restored: " + cause);
    }

    private boolean isSandboxed(String runner) {
        String mode = docker.commands()
                .inspectContainerCmd(runner)
                .exec()
                .getHostConfig()
                .getNetworkMode();
        return mode != null && mode.startsWith(Sandbox.MODE);
    }

    private static String path(String runner) {
        return "/containers/" + runner + "/checkpoints";
    }

    private Answer call(Method method, String path, String body) throws IOException {
        Request request = Request.builder()
                .method(method)
                .path(path)
                .putHeader("Content-Type", "application/json")
                .bodyBytes(body.getBytes(StandardCharsets.UTF_8))
                .build();
        try (DockerHttpClient.Response response = docker.plain().execute(request)) {
            String text = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(response.getStatusCode(), message(text));
        } catch (DockerException e) {
            return new Answer(e.getHttpStatus(), Messages.of(e));
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
