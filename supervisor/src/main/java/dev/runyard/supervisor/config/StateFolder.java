package dev.runyard.supervisor.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/// The folder of what must outlive a restart. Only its owner may read it.
public final class StateFolder {
    private final Path root;

    public StateFolder(Path root) {
        this.root = root.toAbsolutePath();
        createPrivate(this.root);
    }

    public Path path() {
        return root;
    }

    /// Returns a folder below, which exists afterwards.
    public Path folder(String name) {
        Path folder = root.resolve(name);
        createPrivate(folder);
        return folder;
    }

    /// Returns the text of a file that is written on first use and kept from then on.
    public String keep(String name, Supplier<String> first) {
        Path file = root.resolve(name);
        try {
            if (!Files.exists(file)) {
                writeWhole(file, first.get());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + file, e);
        }
    }

    private static void writeWhole(Path file, String text) throws IOException {
        // A reader finds the whole text or no file, also when this process dies in between.
        Path draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".draft");
        Files.writeString(draft, text);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file);
        }
    }

    private static void createPrivate(Path folder) {
        try {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder " + folder, e);
        }
    }
}
