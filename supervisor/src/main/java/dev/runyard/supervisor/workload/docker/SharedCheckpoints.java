package dev.runyard.supervisor.workload.docker;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.supervisor.workload.Checkpoints;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.StoredProcess;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores containers in a folder that all engines of a worker group share, and restores them in new containers.
///
/// Nothing stays of a stored container on its machine, and every supervisor whose engine sees the folder can restore
/// it: the new container has the same name, image and limits, and a sandbox of its own.
final class SharedCheckpoints implements Checkpoints {
    private static final Logger log = LoggerFactory.getLogger(SharedCheckpoints.class);
    private static final String SEPARATOR = ".";
    private static final int PARTS = 3;

    private final CheckpointCalls engine;
    private final ImageStore images;
    private final TaskContainers containers;
    private final Set<String> untold;
    private final Carrier carrier;

    /// @param untold containers whose end has to be told
    SharedCheckpoints(
            DockerConnection docker,
            ImageStore images,
            TaskContainers containers,
            Set<String> untold,
            Carrier carrier) {
        this.images = images;
        this.engine = new CheckpointCalls(docker);
        this.containers = containers;
        this.untold = untold;
        this.carrier = carrier;
    }

    @Override
    public boolean areShared() {
        return true;
    }

    @Override
    public Optional<String> store(StoredProcess process) {
        return engine.store(process.runner(), name(process), carrier.folder());
    }

    @Override
    public void end(String runner) {
        untold.remove(runner);
        containers.removeOwn(runner);
    }

    @Override
    public void drop(StoredProcess process) {
        try {
            carrier.idle(any -> engine.delete(any, name(process), carrier.folder()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.info("cannot remove what is stored of {} yet: {}", process.run(), Messages.of(e));
        }
    }

    @Override
    public StartOutcome restore(WorkloadSpec spec, StoredProcess process) {
        String runner = process.runner();
        try {
            Optional<String> failure = images.provide(spec.image());
            if (failure.isEmpty()) {
                failure = startAnew(spec.named(runner), process);
            }
            return failure.map(cause -> fail(runner, cause)).orElseGet(StartOutcome.Started::new);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(runner, "the supervisor stopped meanwhile");
        } catch (RuntimeException e) {
            return fail(runner, Messages.of(e));
        }
    }

    @Override
    public List<StoredProcess> shared() {
        try {
            return carrier.idle(any -> engine.names(any, carrier.folder())).stream()
                    .flatMap(name -> parse(name).stream())
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (RuntimeException e) {
            log.info("cannot look into {}: {}", carrier.folder(), Messages.of(e));
            return List.of();
        }
    }

    /// Returns why that was impossible.
    private Optional<String> startAnew(WorkloadSpec spec, StoredProcess process) throws InterruptedException {
        String container = containers.create(spec);
        if (!engine.isSandboxed(container)) {
            return Optional.of("its container has no sandbox for its network");
        }
        Optional<String> failure = carrier.bring(name(process), container);
        if (failure.isPresent()) {
            return failure;
        }
        untold.add(spec.runner());
        CheckpointCalls.Answer answer = engine.start(container, ContainerCheckpoints.NAME);
        if (!answer.isSuccess()) {
            return Optional.of(answer.message());
        }
        // The process is there; the engine needs it no more, and the shared folder has it still.
        engine.delete(container, ContainerCheckpoints.NAME, null);
        return Optional.empty();
    }

    private StartOutcome fail(String runner, String cause) {
        end(runner);
        return ContainerCheckpoints.failure(cause);
    }

    private static String name(StoredProcess process) {
        return String.join(
                SEPARATOR,
                process.run().toString(),
                process.runner(),
                process.snapshot().toString());
    }

    private static Optional<StoredProcess> parse(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoredProcess(RunId.parse(parts[0]), parts[1], SnapshotId.parse(parts[2])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
