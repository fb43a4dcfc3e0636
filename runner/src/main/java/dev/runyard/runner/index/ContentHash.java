package dev.runyard.runner.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The identity of a build: equal for equal files, whatever folder they are in. */
final class ContentHash {
    private ContentHash() {}

    static String of(List<Path> classPath) {
        MessageDigest digest = sha256();
        List<Path> sorted = classPath.stream()
                .filter(Files::exists)
                .sorted(Comparator.comparing(entry -> String.valueOf(entry.getFileName())))
                .toList();
        for (Path entry : sorted) {
            addAll(entry, digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void addAll(Path entry, MessageDigest digest) {
        try (Stream<Path> files = Files.walk(entry)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.equals(entry)
                        ? String.valueOf(file.getFileName())
                        : entry.relativize(file).toString();
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
