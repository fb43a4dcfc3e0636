package dev.runyard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The version of this build.
public final class Version {
    private Version() {}

    /// Returns it as the build wrote it into the jar.
    public static String current() {
        try (InputStream file = Version.class.getResourceAsStream("/version.txt")) {
            return file == null ? "unknown" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
