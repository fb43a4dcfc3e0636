package dev.runyard.supervisor.workload.process;

import dev.runyard.supervisor.workload.OutputTail;
import dev.runyard.supervisor.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The folder of one process workload: its identity, its process ids, its exit code and its output.
///
/// `launch.sh` writes all of it but the identity, so that nothing is lost while no supervisor runs.
final class WorkloadFolder {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TAIL_BYTES = 2 * OutputTail.MAX_BYTES;

    private final Path folder;

    WorkloadFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /// Returns the folder that the process starts in. It vanishes with the workload.
    Path workingFolder() {
        return folder.resolve("work");
    }

    void create(Workload workload) throws IOException {
        try {
            Files.createDirectories(workingFolder());
            Files.write(identity(), JSON.writeValueAsBytes(workload));
        } catch (IOException e) {
            // "No space left on device" alone does not say on which.
            throw new IOException("the supervisor cannot write to its folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Returns the identity, or nothing where the supervisor died before it had written it; nothing was started then.
    Optional<Workload> workload() {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(identity()), Workload.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /// Returns the process id of the script around the task.
    Optional<Long> wrapper() {
        return number("wrapper");
    }

    /// Returns the process id of the task, which is also its process group.
    Optional<Long> task() {
        return number("pid");
    }

    Optional<Integer> exitCode() {
        return number("exit").map(Long::intValue);
    }

    /// Returns the last lines that the task printed.
    String tail() {
        try (FileChannel output = FileChannel.open(output(), StandardOpenOption.READ)) {
            return OutputTail.of(lastBytes(output));
        } catch (IOException e) {
            return "";
        }
    }

    /// Cuts output that grew beyond a limit down to its last lines. The task appends and never notices.
    void limitOutput(long limit) {
        try {
            if (Files.exists(output()) && Files.size(output()) > limit) {
                cutOutput();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot cut " + output(), e);
        }
    }

    void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void cutOutput() throws IOException {
        try (FileChannel read = FileChannel.open(output(), StandardOpenOption.READ);
                FileChannel append = FileChannel.open(output(), StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            byte[] last = lastBytes(read);
            append.truncate(0);
            append.write(ByteBuffer.wrap(last));
        }
    }

    private static byte[] lastBytes(FileChannel file) throws IOException {
        long size = file.size();
        ByteBuffer last = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
        file.position(size - last.capacity());
        while (last.hasRemaining() && file.read(last) >= 0) {}
        return Arrays.copyOf(last.array(), last.position());
    }

    private Optional<Long> number(String name) {
        try {
            return Optional.of(
                    Long.valueOf(Files.readString(folder.resolve(name)).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(name), e);
        }
    }

    private Path identity() {
        return folder.resolve("workload.json");
    }

    private Path output() {
        return folder.resolve("output");
    }
}
