package dev.runyard.webapp.tenant;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes files that only their owner may read, each as a whole: a reader never sees half of one.
public final class PrivateFile {
    private PrivateFile() {}

    /// Writes a file, replacing an earlier one.
    public static void write(Path file, String text) throws IOException {
        Files.move(
                temporary(file, text),
                file.toAbsolutePath(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// Writes a file unless there is one; of several processes at once, one writes.
    static void createIfAbsent(Path file, String text) throws IOException {
        Path temporary = temporary(file, text);
        try {
            Files.createLink(file.toAbsolutePath(), temporary);
        } catch (FileAlreadyExistsException _) {
            // Another process was first; its file counts.
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path temporary(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp", ownerOnly());
        return Files.writeString(temporary, text);
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
