package dev.runyard.cli.dev;

import dev.runyard.cli.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A local repository of Maven that has the artifacts of this build, and for everything else those of the machine.
/// Nothing of this build gets into the machine's own one.
final class LocalRepository {
    private static final List<String> MODULES = List.of("protocol", "sdk", "runner");

    private LocalRepository() {}

    /// Lets Maven use it in a project.
    static void useIn(Path project, Path repository) throws IOException {
        Path machine = Path.of(System.getProperty(
                "runyard.local.repository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
        linkAll(machine, Files.createDirectories(repository));
        linkAll(machine.resolve("dev"), Files.createDirectories(repository.resolve("dev")));
        Path own = Files.createDirectories(repository.resolve("dev/runyard"));
        Path root = Path.of("..").toAbsolutePath().normalize();
        String version = Version.current();
        install(root.resolve("pom.xml"), own, "runyard", version, "pom");
        for (String module : MODULES) {
            String artifact = "runyard-" + module;
            install(root.resolve(module).resolve("pom.xml"), own, artifact, version, "pom");
            install(
                    root.resolve(module).resolve("target").resolve(artifact + "-" + version + ".jar"),
                    own,
                    artifact,
                    version,
                    "jar");
        }
        Files.createDirectories(project.resolve(".mvn"));
        Files.writeString(project.resolve(".mvn/maven.config"), "-Dmaven.repo.local=" + repository + "\n");
    }

    private static void install(Path file, Path own, String artifact, String version, String type) throws IOException {
        Path folder = Files.createDirectories(own.resolve(artifact).resolve(version));
        Files.copy(file, folder.resolve(artifact + "-" + version + "." + type));
    }

    private static void linkAll(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.equals("dev") && !name.equals("runyard")) {
                    Files.createSymbolicLink(to.resolve(name), entry);
                }
            }
        }
    }
}
