package dev.runyard.supervisor.drain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file that says that a supervisor is drained. It lies in the state folder: so it outlives restarts, an operator's
/// command can write it without a port, and no task reaches it.
public final class DrainMarker {
    private static final String NAME = "drained";

    private final Path file;

    /// @param stateFolder the supervisor's state folder, which exists
    public DrainMarker(Path stateFolder) {
        this.file = stateFolder.resolve(NAME);
    }

    boolean isSet() {
        return Files.exists(file);
    }

    /// Returns whether it was not set before.
    boolean set() {
        try {
            boolean isNew = !isSet();
            Files.writeString(file, "This supervisor takes no new runs until this file is gone.\n");
            return isNew;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /// Returns whether it was set before.
    boolean clear() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
