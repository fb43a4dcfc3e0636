package dev.runyard.webapp.api.packet;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.tenant.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Packets in a folder. A file is called by the hash of its path, so that no path can lead out of the folder or be too
/// long for it; its first line is the media type.
final class FilePackets implements PacketStore {
    private final Path folder;
    private final InstantSource clock;

    FilePackets(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public void save(EnvironmentId environment, String path, Packet packet) {
        Path file = file(environment, path);
        try {
            PrivateFile.write(file, packet.contentType() + "\n" + packet.content());
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw new UncheckedIOException("The packet could not be written to " + folder, e);
        }
    }

    @Override
    public Optional<Packet> find(EnvironmentId environment, String path) {
        try {
            String text = Files.readString(file(environment, path));
            int end = text.indexOf('\n');
            return Optional.of(new Packet(text.substring(end + 1), text.substring(0, end)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("A packet could not be read from " + folder, e);
        }
    }

    @Override
    public void deleteBefore(Instant instant) {
        try {
            for (Path file : files()) {
                deleteIfBefore(file, instant);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Old packets could not be removed from " + folder, e);
        }
    }

    /// Another webapp may remove the same file.
    private static void deleteIfBefore(Path file, Instant instant) throws IOException {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(instant)) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException _) {
            // It is gone, as it shall be.
        }
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }

    private Path file(EnvironmentId environment, String path) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(environment.toString()).resolve(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
