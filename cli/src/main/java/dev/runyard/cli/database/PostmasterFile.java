package dev.runyard.cli.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The file by which a PostgreSQL server says that it owns a data folder, and how far its start is.
///
/// @param pid the server's process id
/// @param isReady whether it takes connections
record PostmasterFile(long pid, boolean isReady) {
    private static final String NAME = "postmaster.pid";
    private static final int STATUS_LINE = 7;

    static Optional<PostmasterFile> read(Path data) throws IOException {
        Path file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
            return Optional.empty();
        }
        boolean ready =
                lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        return Optional.of(new PostmasterFile(Long.parseLong(lines.getFirst().strip()), ready));
    }

    /// Removes the file of a server that did not end by itself, where it was cut off or its process id now belongs
    /// to another program: a new server would take that program for a rival and refuse to start. Where the id
    /// belongs to nobody the file stays, because the new server reads from it whether parts of the old one still
    /// run.
    ///
    /// @return whether a PostgreSQL server still has the folder
    static boolean removeStale(Path data) throws IOException {
        Optional<PostmasterFile> file = read(data);
        if (file.isPresent() && isPostgres(file.get().pid())) {
            return true;
        }
        if (file.isEmpty() || isAlive(file.get().pid())) {
            Files.deleteIfExists(data.resolve(NAME));
        }
        return false;
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static boolean isPostgres(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().command())
                .map(command -> command.endsWith("/postgres"))
                .orElse(false);
    }
}
