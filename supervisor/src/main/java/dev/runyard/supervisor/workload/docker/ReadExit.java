package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import dev.runyard.supervisor.pace.Pacer;
import dev.runyard.supervisor.workload.OutputTail;
import dev.runyard.supervisor.workload.WorkloadExit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out how a container ended.
final class ReadExit {
    private static final Logger log = LoggerFactory.getLogger(ReadExit.class);
    private static final Duration LOG_TIMEOUT = Duration.ofSeconds(5);

    /// A removal by force first kills and then removes. Between the two it cannot be told from a mere kill.
    private static final Duration REMOVAL = Duration.ofMillis(300);

    private static final int KILLED = 137;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final String INIT_FAILURE = "[FATAL tini";

    private final DockerConnection docker;
    private final Pacer pacer = Pacer.real();

    ReadExit(DockerConnection docker) {
        this.docker = docker;
    }

    /// Returns how a container ended, or nothing while it runs.
    ///
    /// @param sawOutOfMemory whether the engine has told that this container ran out of memory
    Optional<WorkloadExit> read(String runner, boolean sawOutOfMemory) throws InterruptedException {
        Optional<ContainerState> state = inspect(runner);
        if (state.filter(found -> isKilled(found) && !sawOutOfMemory).isPresent()) {
            pacer.pause(REMOVAL);
            state = inspect(runner);
        }
        if (state.isEmpty() || isBeingRemoved(state.get())) {
            return Optional.of(new WorkloadExit.Vanished("The container " + runner
                    + " of the task disappeared: it was removed by someone other than the supervisor."));
        }
        return isAlive(state.get()) ? Optional.empty() : Optional.of(ended(runner, state.get(), sawOutOfMemory));
    }

    private WorkloadExit ended(String runner, ContainerState state, boolean sawOutOfMemory) {
        String output = output(runner);
        int code = code(state);
        // The flag alone may speak of a child that was killed while the task went on.
        boolean outOfMemory = (sawOutOfMemory || Boolean.TRUE.equals(state.getOOMKilled())) && code == KILLED;
        if (outOfMemory) {
            return new WorkloadExit.OutOfMemory(output);
        }
        // The engine's init process starts in any case; it is the one to find nothing behind the entry point.
        return code >= NOT_EXECUTABLE && code <= NOT_FOUND && output.contains(INIT_FAILURE)
                ? new WorkloadExit.NotExecutable(output)
                : WorkloadExit.ofCode(code, output);
    }

    private Optional<ContainerState> inspect(String runner) {
        try {
            InspectContainerResponse container =
                    docker.commands().inspectContainerCmd(runner).exec();
            return Optional.of(container.getState());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /// A container that is about to be started has not ended.
    private static boolean isAlive(ContainerState state) {
        return Boolean.TRUE.equals(state.getRunning()) || "created".equals(state.getStatus());
    }

    private static boolean isKilled(ContainerState state) {
        return !Boolean.TRUE.equals(state.getRunning())
                && !Boolean.TRUE.equals(state.getOOMKilled())
                && code(state) == KILLED;
    }

    private static boolean isBeingRemoved(ContainerState state) {
        return Boolean.TRUE.equals(state.getDead()) || "removing".equals(state.getStatus());
    }

    private static int code(ContainerState state) {
        Long code = state.getExitCodeLong();
        return code == null ? 0 : code.intValue();
    }

    private String output(String runner) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var stream = docker.streams()
                .logContainerCmd(runner)
                .withStdOut(true)
                .withStdErr(true)
                .withTail(OutputTail.MAX_LINES)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        bytes.writeBytes(frame.getPayload());
                    }
                })) {
            stream.awaitCompletion(LOG_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (DockerException | IOException e) {
            log.warn("cannot read the output of {}: {}", runner, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return OutputTail.of(bytes.toByteArray());
    }
}
