package dev.runyard.supervisor.workload.process;

import com.sun.management.OperatingSystemMXBean;
import dev.runyard.supervisor.config.ProcessProperties;
import dev.runyard.supervisor.workload.ExitListener;
import dev.runyard.supervisor.workload.HostResources;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadExit;
import dev.runyard.supervisor.workload.WorkloadKind;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs each workload as a child process in a session of its own. See `launch.sh` for what stands between.
public final class ProcessWorkloadManager implements WorkloadManager {
    private static final Logger log = LoggerFactory.getLogger(ProcessWorkloadManager.class);
    private static final double GIBIBYTE = 1L << 30;

    /// A killed process is gone at once; only one in an uninterruptible system call takes longer.
    private static final Duration KILL_PAUSE = Duration.ofMillis(200);

    private static final int KILL_TRIES = 50;

    /// How far the start of a process may lie from the start of its workload for it to be the same one, and not a
    /// later process with a reused id.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(30);

    private final Path root;
    private final ProcessProperties properties;
    private final Path java;
    private final @Nullable SessionCommand session;
    private final LaunchScript script = LaunchScript.load();
    private final Map<String, ProcessHandle> watched = new ConcurrentHashMap<>();

    /// Workloads whose end the listener has not been told yet.
    private final Set<String> untold = ConcurrentHashMap.newKeySet();

    private final ExecutorService exits = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("process-output-", 0).factory());
    private volatile @Nullable ExitListener listener;

    public ProcessWorkloadManager(Path root, ProcessProperties properties) {
        this.root = root;
        this.properties = properties;
        this.java =
                properties.java() != null ? properties.java() : Path.of(System.getProperty("java.home"), "bin", "java");
        this.session = SessionCommand.find().orElse(null);
    }

    @Override
    public WorkloadKind kind() {
        return WorkloadKind.PROCESS;
    }

    @Override
    public HostResources resources() {
        int processors = Runtime.getRuntime().availableProcessors();
        int slots = processors * properties.slotsPerProcessor();
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        // Each slot may use a processor: nothing limits a process to less.
        return new HostResources(slots, slots, memory / GIBIBYTE);
    }

    @Override
    public void open(ExitListener exitListener) {
        listener = exitListener;
        long period = properties.checkInterval().toMillis();
        housekeeping.scheduleWithFixedDelay(this::limitOutputs, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public StartOutcome start(WorkloadSpec spec) {
        Optional<StartOutcome> refusal = refuse(spec);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        WorkloadFolder folder = folder(spec.runner());
        try {
            folder.create(spec.workload());
            watch(spec.runner(), launch(folder, spec));
            return new StartOutcome.Started();
        } catch (IOException e) {
            log.warn("cannot start {}", spec.runner(), e);
            discard(spec.runner());
            return new StartOutcome.Unavailable("The task's process could not be started: " + e.getMessage());
        }
    }

    @Override
    public List<Workload> list() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.flatMap(path -> new WorkloadFolder(path).workload().stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
    }

    @Override
    public void adopt(Workload workload) {
        untold.add(workload.runner());
        folder(workload.runner())
                .wrapper()
                .flatMap(ProcessHandle::of)
                .filter(process -> isOf(workload, process))
                .ifPresentOrElse(
                        process -> watch(workload.runner(), process),
                        () -> exits.execute(() -> tellExit(workload.runner())));
    }

    @Override
    public void stop(String runner, Duration grace) {
        ProcessHandle wrapper = watched.get(runner);
        if (wrapper == null || !wrapper.isAlive()) {
            return;
        }
        Optional<Long> task = folder(runner).task();
        if (task.isPresent() && grace.isPositive()) {
            ProcessTree.terminate(task.get());
            if (endsWithin(wrapper, grace)) {
                return;
            }
        }
        kill(wrapper, folder(runner));
    }

    @Override
    public void discard(String runner) {
        untold.remove(runner);
        ProcessHandle wrapper = watched.remove(runner);
        WorkloadFolder folder = folder(runner);
        if (wrapper != null && wrapper.isAlive()) {
            kill(wrapper, folder);
        }
        ProcessTree.killStrays(runner);
        try {
            folder.delete();
        } catch (IOException e) {
            log.warn("cannot remove {}", folder.path(), e);
        }
    }

    @Override
    public void close() {
        listener = null;
        housekeeping.shutdownNow();
        exits.shutdown();
    }

    private Optional<StartOutcome> refuse(WorkloadSpec spec) {
        if (!spec.isBundle()) {
            return Optional.of(new StartOutcome.Refused("The version's image is " + spec.image()
                    + ", a container image, but this supervisor runs tasks as processes and needs a bundle folder."));
        }
        Path bundle = Path.of(spec.bundlePath());
        if (!bundle.isAbsolute() || !Files.isDirectory(bundle.resolve("lib"))) {
            return Optional.of(new StartOutcome.Refused(
                    "The bundle folder " + bundle + " has no folder \"lib\" on the supervisor's machine."));
        }
        if (session == null) {
            return Optional.of(
                    new StartOutcome.Unavailable(
                            "The supervisor's machine has neither setsid nor perl, one of which is needed to start a process."));
        }
        if (!Files.isExecutable(java)) {
            return Optional.of(new StartOutcome.Unavailable("The Java executable " + java + " does not exist."));
        }
        return Optional.empty();
    }

    private ProcessHandle launch(WorkloadFolder folder, WorkloadSpec spec) throws IOException {
        SessionCommand own = Objects.requireNonNull(session);
        List<String> task = own.around(JavaCommand.of(java, spec));
        ProcessBuilder builder = new ProcessBuilder(own.around(script.around(folder.path(), task)))
                .directory(folder.workingFolder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // The supervisor's own environment holds its worker token; a task must not see it.
        builder.environment().keySet().retainAll(LaunchScript.INHERITED);
        builder.environment().putAll(spec.environment());
        return builder.start().toHandle();
    }

    private static void kill(ProcessHandle wrapper, WorkloadFolder folder) {
        // Right after its start, a workload may be anywhere between the script and the task: try until it is dead.
        for (int tries = 0; tries < KILL_TRIES; tries++) {
            List<ProcessHandle> below = wrapper.descendants().toList();
            folder.task().ifPresent(ProcessTree::kill);
            below.forEach(ProcessHandle::destroyForcibly);
            // The script keeps the exit code before it ends.
            if (endsWithin(wrapper, KILL_PAUSE)) {
                return;
            }
        }
        wrapper.destroyForcibly();
    }

    private void watch(String runner, ProcessHandle wrapper) {
        untold.add(runner);
        watched.put(runner, wrapper);
        wrapper.onExit().thenRunAsync(() -> tellExit(runner), exits);
    }

    private void tellExit(String runner) {
        if (!untold.remove(runner)) {
            return;
        }
        WorkloadFolder folder = folder(runner);
        Optional<Integer> code = folder.exitCode();
        if (code.isEmpty()) {
            folder.task().ifPresent(ProcessTree::kill);
        }
        WorkloadExit exit = code.<WorkloadExit>map(known -> WorkloadExit.ofCode(known, folder.tail()))
                .orElseGet(() -> new WorkloadExit.Vanished(
                        "The process of the task disappeared together with the script that watches it."));
        ExitListener told = listener;
        if (told != null) {
            told.exited(runner, exit);
        }
    }

    private static boolean isOf(Workload workload, ProcessHandle process) {
        Instant started = process.info().startInstant().orElse(workload.startedAt());
        return Duration.between(workload.startedAt(), started).abs().compareTo(START_TOLERANCE) < 0;
    }

    private static boolean endsWithin(ProcessHandle process, Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void limitOutputs() {
        for (String runner : watched.keySet()) {
            try {
                folder(runner).limitOutput(properties.outputLimit().toBytes());
            } catch (UncheckedIOException e) {
                log.warn("cannot cut the output of {}", runner, e);
            }
        }
    }

    private WorkloadFolder folder(String runner) {
        return new WorkloadFolder(root.resolve(runner));
    }
}
