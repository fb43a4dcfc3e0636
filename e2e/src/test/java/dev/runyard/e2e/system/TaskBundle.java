package dev.runyard.e2e.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// A bundle of the tasks in package `dev.runyard.e2e.tasks`: their classes and what they need, as `lib/*.jar`.
public final class TaskBundle {
    private static final List<String> NEEDED = List.of(
            "runyard-sdk",
            "runyard-runner",
            "runyard-protocol",
            "jackson-",
            "slf4j-api",
            "jspecify",
            "/sdk/target/",
            "/runner/target/",
            "/protocol/target/");

    private TaskBundle() {}

    /// Writes the bundle into a folder.
    public static Path write(Path folder) {
        try {
            Path lib = Files.createDirectories(folder.resolve("lib"));
            int number = 0;
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path path = Path.of(entry);
                if (entry.contains("test-classes") && entry.contains("e2e")) {
                    jar(path, "dev/runyard/e2e/tasks", lib.resolve("tasks.jar"));
                } else if (NEEDED.stream().anyMatch(entry::contains)) {
                    copy(path, lib.resolve("dependency-" + number++ + ".jar"));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a bundle that holds the tasks of several: what they share lies in it once.
    public static Path join(Path folder, Path... bundles) {
        try {
            Path lib = Files.createDirectories(folder.resolve("lib"));
            for (Path bundle : bundles) {
                try (Stream<Path> jars = Files.list(bundle.resolve("lib"))) {
                    for (Path jar : jars.toList()) {
                        Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            jar(from, "", to);
        } else {
            Files.copy(from, to);
        }
    }

    private static void jar(Path root, String below, Path target) throws IOException {
        List<Path> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve(below))) {
            files.filter(Files::isRegularFile).forEach(classes::add);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
            for (Path file : classes) {
                out.putNextEntry(new JarEntry(root.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
