package dev.runyard.cli.up;

import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The folder that keeps everything. Only its owner may read it, and only one process uses it at a time.
final class DataFolder implements AutoCloseable {
    private static final int SECRET_BYTES = 24;

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// Makes the folder where it is missing and takes its lock, which ends with this process however that ends.
    static DataFolder open(Path root) {
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            FileChannel channel = FileChannel.open(
                    root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String owner = Files.readString(root.resolve("lock")).strip();
                channel.close();
                throw new CommandFailure("Another `runyard up` (process " + owner + ") is running on " + root
                        + ". Stop it, or use another folder with --data and other ports with --port and"
                        + " --supervisor-port.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new DataFolder(root, channel);
        } catch (IOException e) {
            throw new CommandFailure("The data folder " + root + " cannot be used: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path root() {
        return root;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    /// Returns a folder below, which exists afterwards.
    Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns a random text that stays the same for the life of the folder.
    String secret(String name) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return keep("secrets/" + name, HexFormat.of().formatHex(random));
    }

    /// Returns the port that a server had the last time where it is free, or another free one.
    int port(String name) {
        String file = "ports/" + name;
        int kept = Integer.parseInt(keep(file, "0"));
        if (kept != 0 && Ports.isFree(kept)) {
            return kept;
        }
        int port = Ports.anyFree();
        write(path(file), String.valueOf(port));
        return port;
    }

    private String keep(String name, String first) {
        Path file = path(name);
        try {
            if (!Files.exists(file)) {
                write(file, first);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Path draft = Files.createTempFile(file.getParent(), "draft", "");
            Files.writeString(draft, text + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
