package dev.runyard.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Remembers in a file which processes were started, so that those of a command that was itself killed can be
/// ended by the next one. A process is known by its id and its start, because ids are used again.
public final class ProcessLedger {
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path file;

    public ProcessLedger(Path file) {
        this.file = file;
    }

    /// One line of the file.
    record Entry(String name, long pid, Instant started) {
        static Optional<Entry> parse(String line) {
            String[] parts = line.split(" ");
            return parts.length == 3
                    ? Optional.of(new Entry(parts[0], Long.parseLong(parts[1]), Instant.parse(parts[2])))
                    : Optional.empty();
        }

        Optional<ProcessHandle> find() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
        }

        private boolean isSame(ProcessHandle handle) {
            return handle.info()
                    .startInstant()
                    .map(start -> Duration.between(start, started).abs().compareTo(START_TOLERANCE) <= 0)
                    .orElse(false);
        }
    }

    public void add(String name, ProcessHandle process) {
        Instant started = process.info().startInstant().orElse(Instant.EPOCH);
        try {
            Files.writeString(
                    file,
                    name + " " + process.pid() + " " + started + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends what an earlier command left behind, the last started first, and returns the names of what it found.
    public List<String> endLeftovers() {
        List<String> ended = new ArrayList<>();
        for (Entry entry : read().reversed()) {
            entry.find().ifPresent(process -> {
                end(process);
                ended.add(entry.name());
            });
        }
        clear();
        return ended;
    }

    private List<Entry> read() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .map(Entry::parse)
                            .flatMap(Optional::stream)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
