package dev.runyard.supervisor.track;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.supervisor.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which run a workload has that was started for another one and kept for more.
///
/// What is written on a workload when it is made cannot be changed later. So this is kept in files of its own, and a
/// restarted supervisor knows which run a workload executes by now.
public final class Assignments {
    private static final Logger log = LoggerFactory.getLogger(Assignments.class);
    private static final int LINES = 7;

    private final Path folder;
    private final Map<String, Assignment> byRunner = new ConcurrentHashMap<>();

    /// @param startedFor the run that the workload was made for, whose token it has
    /// @param workload what it is now
    private record Assignment(RunId startedFor, Workload workload) {}

    public Assignments(Path folder) {
        this.folder = folder;
        read();
    }

    /// Notes that a workload has another run now.
    public void assign(RunId startedFor, Workload workload) {
        write(workload.runner(), startedFor, workload);
        byRunner.put(workload.runner(), new Assignment(startedFor, workload));
    }

    /// Returns a workload as it is now.
    public Workload latest(Workload made) {
        Assignment assignment = byRunner.get(made.runner());
        return assignment == null ? made : assignment.workload();
    }

    /// Tells whether a workload that was made for one run may speak for another.
    public boolean maySpeak(String runner, RunId startedFor, RunId run) {
        Assignment assignment = byRunner.get(runner);
        return assignment != null
                && assignment.startedFor().equals(startedFor)
                && assignment.workload().run().equals(run);
    }

    /// Returns the run that a workload was made for.
    public RunId startedFor(Workload workload) {
        Assignment assignment = byRunner.get(workload.runner());
        return assignment == null ? workload.run() : assignment.startedFor();
    }

    /// Forgets a workload that is gone.
    public void forget(String runner) {
        if (byRunner.remove(runner) != null) {
            delete(folder.resolve(runner));
        }
    }

    /// Forgets all workloads but these.
    void keepOnly(List<String> runners) {
        byRunner.keySet().stream()
                .filter(runner -> !runners.contains(runner))
                .toList()
                .forEach(this::forget);
    }

    private void write(String runner, RunId startedFor, Workload workload) {
        List<String> lines = List.of(
                startedFor.toString(),
                workload.run().toString(),
                workload.dispatch().toString(),
                workload.environment(),
                workload.deployment(),
                workload.machine().toString(),
                workload.startedAt().toString());
        try {
            Path draft = Files.createTempFile(folder, "draft", ".tmp");
            Files.write(draft, lines);
            Files.move(
                    draft, folder.resolve(runner), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The supervisor cannot write to its folder " + folder + ": " + e.getMessage(), e);
        }
    }

    private void read() {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                String runner = String.valueOf(file.getFileName());
                parse(runner, file).ifPresentOrElse(found -> byRunner.put(runner, found), () -> delete(file));
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    private static Optional<Assignment> parse(String runner, Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != LINES) {
                return Optional.empty();
            }
            Workload workload = new Workload(
                    runner,
                    RunId.parse(lines.get(1)),
                    SnapshotId.parse(lines.get(2)),
                    lines.get(3),
                    lines.get(4),
                    MachinePreset.parse(lines.get(5)),
                    Instant.parse(lines.get(6)));
            return Optional.of(new Assignment(RunId.parse(lines.getFirst()), workload));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            log.warn("cannot read {}: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("cannot delete {}: {}", file, e.getMessage());
        }
    }
}
