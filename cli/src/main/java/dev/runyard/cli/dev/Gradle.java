package dev.runyard.cli.dev;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.process.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Gradle, by the project's wrapper or the machine's own. A script of ours, which no project has to know, tells the
/// class path.
///
/// @param folder the project
record Gradle(Path folder) implements BuildSystem {
    static final List<String> DEFINITIONS = List.of("build.gradle", "build.gradle.kts");
    private static final String SCRIPT = "/dev/class-path.gradle";
    private static final String ANSWER = "runyard-class-path=";

    @Override
    public List<Path> resolve() {
        Path script = writeScript();
        try {
            return gradle("--init-script", script.toString(), "classes", "runyardClassPath")
                    .lines()
                    .filter(line -> line.startsWith(ANSWER))
                    .findFirst()
                    .map(line -> BuiltProject.entries(line.substring(ANSWER.length()))
                            .toList())
                    .orElseThrow(() -> new CommandFailure(folder
                            + " does not apply Gradle's java plugin. Let Gradle compile it, and give --classes and"
                            + " --class-path."));
        } finally {
            delete(script);
        }
    }

    @Override
    public void compile() {
        gradle("classes");
    }

    @Override
    public Path classes() {
        return folder.resolve("build/classes/java/main");
    }

    @Override
    public List<Path> outputs() {
        return Stream.of("classes/java/main", "classes/kotlin/main", "classes/groovy/main", "resources/main")
                .map(folder.resolve("build")::resolve)
                .filter(Files::isDirectory)
                .toList();
    }

    @Override
    public List<Path> definitions() {
        return Stream.concat(DEFINITIONS.stream(), Stream.of("settings.gradle", "settings.gradle.kts"))
                .map(folder::resolve)
                .filter(Files::exists)
                .toList();
    }

    @Override
    public boolean addsToTheCompiler() {
        return definitions().stream()
                .map(BuiltProject::read)
                .anyMatch(text -> text.contains("annotationProcessor")
                        || text.contains("processResources")
                        || text.contains("compilerArgs"));
    }

    private String gradle(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(BuiltProject.program(folder, "gradlew", "gradle"), "-q", "-p", folder.toString()));
        command.addAll(List.of(arguments));
        Programs.Outcome outcome = Programs.run(command, "");
        if (outcome.exitCode() != 0) {
            throw new CommandFailure("Gradle could not build " + folder + ":\n"
                    + outcome.output().strip());
        }
        return outcome.output();
    }

    private static Path writeScript() {
        try (InputStream in = Gradle.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks " + SCRIPT);
            }
            Path file = Files.createTempFile("runyard-class-path", ".gradle");
            Files.write(file, in.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
