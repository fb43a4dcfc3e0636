package dev.runyard.supervisor.imagecheck;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.ImageCheckResult;
import dev.runyard.protocol.worker.ImageChecksResponse.ImageCheck;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.TimingProperties;
import dev.runyard.supervisor.consume.WorkloadEnvironment;
import dev.runyard.supervisor.pace.ServiceLoop;
import dev.runyard.supervisor.platform.PlatformException;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.workload.ExitListener;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadExit;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks for images that have to be tried and tries each in a workload of the default size.
///
/// What is started executes no task: it loads the version's tasks and calls this supervisor, and ends. A check that
/// this supervisor does not finish is given to another one, or to its next life.
public final class CheckImages {
    private static final Logger log = LoggerFactory.getLogger(CheckImages.class);
    private static final MachinePreset MACHINE = MachinePreset.DEFAULT;

    /// An image of another language does not know of checks. That it has not failed by then is all that it can show.
    private static final Duration FOREIGN_PROOF = Duration.ofSeconds(3);

    private static final String JAVA = "java";

    private final Dependencies dependencies;
    private final WorkloadManager workloads;
    private final Capacity capacity;
    private final WorkloadEnvironment environment;
    private final TimingProperties timing;
    private final ServiceLoop loop;
    private final ExecutorService checks = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, CompletableFuture<WorkloadExit>> awaited = new ConcurrentHashMap<>();

    public CheckImages(
            Dependencies dependencies,
            WorkloadManager workloads,
            Capacity capacity,
            WorkloadEnvironment environment,
            TimingProperties timing) {
        this.dependencies = dependencies;
        this.workloads = workloads;
        this.capacity = capacity;
        this.environment = environment;
        this.timing = timing;
        this.loop = new ServiceLoop("image-checks", dependencies.pacer(), this::poll);
    }

    public void start() {
        loop.start();
    }

    public void stop() {
        loop.stop(Duration.ZERO);
        checks.shutdownNow();
    }

    /// Returns a listener that keeps the ends of checks for this and passes all others on.
    public ExitListener before(ExitListener others) {
        return (runner, exit) -> {
            CompletableFuture<WorkloadExit> awaiting = awaited.get(runner);
            if (awaiting == null) {
                others.exited(runner, exit);
            } else {
                awaiting.complete(exit);
            }
        };
    }

    private void poll() throws InterruptedException {
        // A supervisor that is to go fetches no images of new releases.
        if (!capacity.isHeld()) {
            dependencies.platform().takeImageChecks().forEach(check -> checks.execute(() -> check(check)));
        }
        dependencies.pacer().pause(timing.imageCheckInterval());
    }

    private void check(ImageCheck check) {
        String runner = "check-" + check.deployment().body();
        CompletableFuture<WorkloadExit> exit = new CompletableFuture<>();
        if (awaited.putIfAbsent(runner, exit) != null) {
            return;
        }
        try {
            String failure = findFailure(check, runner, exit);
            log.info("image {} of version {}: {}", check.image(), check.version(), failure.isEmpty() ? "ok" : failure);
            dependencies
                    .platform()
                    .reportImageCheck(
                            check.deployment(),
                            new ImageCheckResult(failure.isEmpty(), failure.isEmpty() ? null : failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (PlatformException e) {
            log.warn("cannot report the check of {}: {}", check.image(), e.getMessage());
        } finally {
            workloads.discard(runner);
            capacity.release(runner);
            awaited.remove(runner);
        }
    }

    /// Returns a sentence, empty where the image works.
    private String findFailure(ImageCheck check, String runner, CompletableFuture<WorkloadExit> exit)
            throws InterruptedException {
        if (!capacity.admit(runner, MachineSize.of(MACHINE), timing.imageCheckTimeout())) {
            return "The supervisor had no room to try the image within " + timing.imageCheckTimeout() + ".";
        }
        return switch (workloads.start(spec(check, runner))) {
            case StartOutcome.Refused(var reason) -> reason;
            case StartOutcome.Unavailable(var reason) -> reason;
            case StartOutcome.Started _ -> await(check, exit);
        };
    }

    private String await(ImageCheck check, CompletableFuture<WorkloadExit> exit) throws InterruptedException {
        boolean isJava = JAVA.equals(check.runtime());
        Duration patience = isJava ? timing.imageCheckTimeout() : FOREIGN_PROOF;
        try {
            WorkloadExit end = exit.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            boolean isFine =
                    isJava ? end instanceof WorkloadExit.Exited(int code, String _) && code == 0 : !isBroken(end);
            return isFine
                    ? ""
                    : ("The image was started and ended with " + describe(end) + "\n" + end.output()).strip();
        } catch (TimeoutException e) {
            return isJava ? "The image was started but did not end its check within " + patience + "." : "";
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails this future", e);
        }
    }

    private static boolean isBroken(WorkloadExit end) {
        return end instanceof WorkloadExit.NotExecutable || end instanceof WorkloadExit.OutOfMemory;
    }

    private static String describe(WorkloadExit end) {
        return switch (end) {
            case WorkloadExit.Exited(int code, String _) -> "exit code " + code + ".";
            case WorkloadExit.Signaled(int signal, String _) -> "signal " + signal + ".";
            case WorkloadExit.OutOfMemory _ -> "too little memory: machine " + MACHINE + " was not enough.";
            case WorkloadExit.NotExecutable _ -> "nothing to execute: its entry point does not exist.";
            case WorkloadExit.Vanished(var detail) -> "no trace: " + detail;
        };
    }

    private WorkloadSpec spec(ImageCheck check, String runner) {
        Workload workload = new Workload(
                runner,
                new RunId(check.deployment().value()),
                new SnapshotId(1),
                "",
                check.deployment().toString(),
                MACHINE,
                dependencies.clock().instant());
        return new WorkloadSpec(workload, check.image(), MachineSize.of(MACHINE), environment.ofCheck(runner));
    }
}
