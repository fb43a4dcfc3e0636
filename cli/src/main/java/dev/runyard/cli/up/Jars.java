package dev.runyard.cli.up;

import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the build made.
///
/// @param webapp the webapp with all that it needs
/// @param supervisor the supervisor with all that it needs
record Jars(Path webapp, Path supervisor) {
    static Jars of(Path home) {
        return new Jars(newest(home, "webapp"), newest(home, "supervisor"));
    }

    private static Path newest(Path home, String module) {
        Path folder = home.resolve(module).resolve("target");
        String pattern = "runyard-" + module + "-*-app.jar";
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, pattern)) {
                jars.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found.stream()
                .max(Comparator.comparingLong(jar -> jar.toFile().lastModified()))
                .orElseThrow(() -> new CommandFailure("There is no " + pattern + " in " + folder
                        + ". Run ./mvnw package -DskipTests, or start with the script ./runyard, which does."));
    }
}
