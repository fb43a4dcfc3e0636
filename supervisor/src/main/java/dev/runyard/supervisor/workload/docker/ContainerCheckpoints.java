package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.runyard.supervisor.workload.Checkpoints;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.StoredProcess;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores containers by the engine's own checkpoints, which CRIU makes. They lie with the stopped container, which has
/// one at a time.
final class ContainerCheckpoints implements Checkpoints {
    /// How the engine knows what is stored of a container.
    static final String NAME = "wait";

    private static final Logger log = LoggerFactory.getLogger(ContainerCheckpoints.class);

    private final DockerConnection docker;
    private final CheckpointCalls engine;
    private final Set<String> untold;

    /// @param untold containers whose end has to be told; one that is stored is not among them
    ContainerCheckpoints(DockerConnection docker, Set<String> untold) {
        this.docker = docker;
        this.engine = new CheckpointCalls(docker);
        this.untold = untold;
    }

    @Override
    public boolean areShared() {
        return false;
    }

    @Override
    public Optional<String> store(StoredProcess process) {
        return engine.store(process.runner(), NAME, null);
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
    public void drop(StoredProcess process) {
        try {
            // There usually is none.
            engine.delete(process.runner(), NAME, null);
        } catch (RuntimeException e) {
            log.debug("cannot delete the checkpoint of {}", process.runner(), e);
        }
    }

    @Override
    public StartOutcome restore(WorkloadSpec spec, StoredProcess process) {
        String runner = process.runner();
        try {
            end(runner);
            untold.add(runner);
            CheckpointCalls.Answer answer = engine.start(runner, NAME);
            if (answer.isSuccess()) {
                return new StartOutcome.Started();
            }
            untold.remove(runner);
            return failure(answer.message());
        } catch (RuntimeException e) {
            untold.remove(runner);
            return failure(Messages.of(e));
        }
    }

    static StartOutcome failure(String cause) {
        return new StartOutcome.Unavailable("The process of the waiting run could not be restored: " + cause);
    }
}
