package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Info;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.supervisor.config.DockerProperties;
import dev.runyard.supervisor.config.WaitingProperties;
import dev.runyard.supervisor.workload.Checkpoints;
import dev.runyard.supervisor.workload.ExitListener;
import dev.runyard.supervisor.workload.HostResources;
import dev.runyard.supervisor.workload.Rest;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadExit;
import dev.runyard.supervisor.workload.WorkloadKind;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs each workload as a container named by its runner.
public final class DockerWorkloadManager implements WorkloadManager {
    private static final Logger log = LoggerFactory.getLogger(DockerWorkloadManager.class);
    private static final double GIBIBYTE = 1L << 30;
    private static final String CREATED = "created";

    private final DockerConnection docker;
    private final DockerProperties properties;
    private final StartBoost boost;
    private final TaskContainers containers;
    private final Checkpoints checkpoints;
    private final ImageStore images;
    private final ReadExit readExit;
    private final ContainerWatch watch;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /// Containers whose end the listener has not been told yet.
    private final Set<String> untold = ConcurrentHashMap.newKeySet();

    private final Set<String> outOfMemory = ConcurrentHashMap.newKeySet();

    private volatile @Nullable ExitListener listener;
    private volatile int processors = Integer.MAX_VALUE;

    /// @param supervisor name of this supervisor, by which its containers are told from those of others
    /// @param waiting whether workloads have to be fit for being stored
    public DockerWorkloadManager(
            DockerConnection docker, DockerProperties properties, String supervisor, WaitingProperties waiting) {
        this.docker = docker;
        this.properties = properties;
        this.boost = new StartBoost(docker, properties, () -> processors);
        ContainerTemplate template = new ContainerTemplate(properties, boost);
        Optional<Sandbox> sandbox = waiting.tier() == WaitingProperties.Tier.CHECKPOINT
                ? Optional.of(new Sandbox(docker, template, supervisor, waiting.sandboxImage()))
                : Optional.empty();
        this.containers = new TaskContainers(docker, properties.user(), supervisor, template, sandbox);
        this.images = new ImageStore(docker, properties);
        this.readExit = new ReadExit(docker);
        WaitingProperties.Shared shared = waiting.shared();
        this.checkpoints = shared == null
                ? new ContainerCheckpoints(docker, untold)
                : new SharedCheckpoints(
                        docker,
                        images,
                        containers,
                        untold,
                        new Carrier(docker, images, supervisor, shared, properties.pullTimeout()));
        this.watch = new ContainerWatch(docker, supervisor, properties.reconcileInterval(), new Hearing());
    }

    @Override
    public WorkloadKind kind() {
        return WorkloadKind.DOCKER;
    }

    @Override
    public HostResources resources() {
        Info info = docker.commands().infoCmd().exec();
        double memory = Optional.ofNullable(info.getMemTotal()).orElse(0L) / GIBIBYTE * properties.memoryShare();
        double cpu = processorsOf(info) * properties.cpuOvercommit();
        double slots = Math.min(cpu / MachinePreset.DEFAULT.cpu(), memory / MachinePreset.DEFAULT.memoryGb());
        return new HostResources(Math.max(1, (int) slots), cpu, memory);
    }

    @Override
    public Optional<String> obstacle() {
        try {
            docker.commands().pingCmd().exec();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("The Docker engine does not answer: " + Messages.of(e));
        }
    }

    @Override
    public void open(ExitListener exitListener) {
        listener = exitListener;
        processors = processorsOf(docker.commands().infoCmd().exec());
        TaskNetwork.ensure(docker, properties.network());
        containers.removeOrphans();
        watch.start();
    }

    @Override
    public StartOutcome start(WorkloadSpec spec) {
        if (spec.isBundle() || spec.image().isBlank()) {
            return new StartOutcome.Refused("The version's image is \"" + spec.image()
                    + "\", but this supervisor runs tasks in containers and needs a container image.");
        }
        try {
            Optional<String> missing = images.provide(spec.image());
            return missing.<StartOutcome>map(StartOutcome.Refused::new).orElseGet(() -> createAndStart(spec));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new StartOutcome.Unavailable("The supervisor stopped while it fetched the image.");
        } catch (RuntimeException e) {
            log.warn("cannot start {}", spec.runner(), e);
            return new StartOutcome.Unavailable("The Docker engine did not start the container: " + Messages.of(e));
        }
    }

    @Override
    public List<Workload> list() {
        return containers.workloads();
    }

    @Override
    public void adopt(Workload workload) {
        untold.add(workload.runner());
        boolean neverStarted = containers.own().stream()
                .filter(container -> Labels.runner(container.getLabels()).equals(workload.runner()))
                .anyMatch(container -> CREATED.equals(container.getState()));
        if (neverStarted) {
            // The supervisor died between creating and starting it. Nobody else will.
            docker.commands().startContainerCmd(workload.runner()).exec();
        }
        // An earlier supervisor may have died while it rested, or before its start ended.
        wake(workload.runner());
        boost.endUnknown(workload);
        checkSoon(workload.runner());
    }

    @Override
    public void attemptStarted(Workload workload) {
        soon(() -> boost.end(workload.runner()));
    }

    @Override
    public Rest rest(String runner) {
        try {
            docker.commands().pauseContainerCmd(runner).exec();
            return new Rest.Frozen();
        } catch (RuntimeException e) {
            return new Rest.Impossible("the engine does not freeze its container: " + Messages.of(e));
        }
    }

    @Override
    public void wake(String runner) {
        try {
            docker.commands().unpauseContainerCmd(runner).exec();
        } catch (NotFoundException | ConflictException | InternalServerErrorException e) {
            log.debug("{} is not frozen", runner);
        }
    }

    @Override
    public void stop(String runner, Duration grace) {
        // What is frozen hears no signal.
        wake(runner);
        try {
            if (grace.isPositive()) {
                // Takes as long as the container needs, which the limit for commands must not cut short.
                docker.streams()
                        .stopContainerCmd(runner)
                        .withTimeout((int) Math.max(1, grace.toSeconds()))
                        .exec();
            } else {
                docker.commands().killContainerCmd(runner).exec();
            }
        } catch (NotFoundException | NotModifiedException | ConflictException e) {
            log.debug("{} does not run any more", runner);
        }
        checkSoon(runner);
    }

    @Override
    public Optional<Checkpoints> checkpoints() {
        return Optional.of(checkpoints);
    }

    @Override
    public void discard(String runner) {
        untold.remove(runner);
        outOfMemory.remove(runner);
        boost.forget(runner);
        if (properties.keepExited()) {
            stop(runner, Duration.ZERO);
        } else if (checkpoints.areShared()) {
            containers.removeOwn(runner);
        } else {
            containers.remove(runner);
        }
    }

    @Override
    public void close() {
        listener = null;
        watch.close();
        calls.shutdown();
        docker.close();
    }

    private static int processorsOf(Info info) {
        return Optional.ofNullable(info.getNCPU()).orElse(1);
    }

    private StartOutcome createAndStart(WorkloadSpec spec) {
        String runner = spec.runner();
        try {
            containers.create(spec);
            untold.add(runner);
            docker.commands().startContainerCmd(runner).exec();
            return new StartOutcome.Started();
        } catch (RuntimeException e) {
            // Where the answer got lost, the container may be there or even run.
            untold.remove(runner);
            containers.remove(runner);
            return refusal(spec, e);
        }
    }

    /// An image without a command or one that cannot be executed stays so; everything else may work the next time.
    private static StartOutcome refusal(WorkloadSpec spec, RuntimeException e) {
        boolean isImagesFault = e instanceof BadRequestException
                || (e instanceof NotFoundException || e instanceof InternalServerErrorException)
                        && Messages.of(e).contains("OCI runtime create failed");
        String reason = "The container of image " + spec.image() + " could not be started: " + Messages.of(e);
        return isImagesFault ? new StartOutcome.Refused(reason) : new StartOutcome.Unavailable(reason);
    }

    private void checkSoon(String runner) {
        soon(() -> check(runner));
    }

    private void soon(Runnable call) {
        try {
            calls.execute(call);
        } catch (RejectedExecutionException e) {
            log.debug("closed before a call to the engine", e);
        }
    }

    private void check(String runner) {
        if (!untold.contains(runner)) {
            return;
        }
        try {
            Optional<WorkloadExit> exit = readExit.read(runner, outOfMemory.contains(runner));
            ExitListener told = listener;
            if (exit.isPresent() && told != null && untold.remove(runner)) {
                outOfMemory.remove(runner);
                told.exited(runner, exit.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (listener != null) {
                // The comparison by the clock comes back to it.
                log.warn("cannot find out how {} ended: {}", runner, Messages.of(e));
            }
        }
    }

    private final class Hearing implements ContainerWatch.Hearer {
        @Override
        public void changed(String runner) {
            checkSoon(runner);
        }

        @Override
        public void ranOutOfMemory(String runner) {
            outOfMemory.add(runner);
        }

        @Override
        public void compare() {
            containers.removeLeft();
            boost.tryAgain();
            Set<String> expected = new HashSet<>(untold);
            containers.own().stream()
                    .filter(container -> "running".equals(container.getState()))
                    .map(container -> Labels.runner(container.getLabels()))
                    .forEach(expected::remove);
            expected.forEach(DockerWorkloadManager.this::checkSoon);
        }
    }
}
