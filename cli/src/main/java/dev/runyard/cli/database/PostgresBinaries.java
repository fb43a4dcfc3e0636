package dev.runyard.cli.database;

import dev.runyard.cli.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked from the class path once into a folder.
final class PostgresBinaries {
    private static final int EXECUTABLE = 0100;

    private PostgresBinaries() {}

    /// Returns the folder that has `bin/postgres`.
    static Path unpackInto(Path parent) {
        String resource = resourceName(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + resource)) {
            if (archive == null) {
                throw new CommandFailure("This build has no PostgreSQL for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch") + " (" + resource + ").");
            }
            byte[] bytes = archive.readAllBytes();
            Path folder = parent.resolve("postgres-" + checksum(bytes));
            if (!Files.exists(folder)) {
                unpackWhole(bytes, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be unpacked into " + parent, e);
        }
    }

    static String resourceName(String system, String machine) {
        String os = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        return "postgres-" + os + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }

    private static String checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /// A process that dies in between leaves only a draft.
    private static void unpackWhole(byte[] archive, Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        Path draft = Files.createTempDirectory(folder.getParent(), "unpacking");
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, draft);
            }
        }
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(draft, folder);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive has an entry outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        Set<PosixFilePermission> permissions =
                PosixFilePermissions.fromString((entry.getMode() & EXECUTABLE) == 0 ? "rw-r--r--" : "rwxr-xr-x");
        Files.setPosixFilePermissions(target, permissions);
    }

    /// Removes a folder with everything in it.
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
