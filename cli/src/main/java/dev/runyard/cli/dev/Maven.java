package dev.runyard.cli.dev;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.process.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Maven, by the project's wrapper or the machine's own.
///
/// @param folder the project
record Maven(Path folder) implements BuildSystem {
    static final String DEFINITION = "pom.xml";

    @Override
    public List<Path> resolve() {
        Path list = folder.resolve("target/runyard-dev.classpath");
        maven(
                "compile",
                "dependency:build-classpath",
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=" + list.toAbsolutePath());
        return BuiltProject.read(list).lines().flatMap(BuiltProject::entries).toList();
    }

    @Override
    public void compile() {
        maven("compile");
    }

    @Override
    public Path classes() {
        return folder.resolve("target/classes");
    }

    @Override
    public List<Path> outputs() {
        return List.of(classes());
    }

    @Override
    public List<Path> definitions() {
        return List.of(folder.resolve(DEFINITION));
    }

    @Override
    public boolean addsToTheCompiler() {
        String pom = BuiltProject.read(folder.resolve(DEFINITION));
        return pom.contains("<annotationProcessor") || pom.contains("<filtering>true") || pom.contains("<compilerArg");
    }

    private void maven(String... goals) {
        List<String> command = new ArrayList<>(
                List.of(BuiltProject.program(folder, "mvnw", "mvn"), "-B", "-q", "-f", folder.toString()));
        command.addAll(List.of(goals));
        Programs.Outcome outcome = Programs.run(command, "");
        if (outcome.exitCode() != 0) {
            throw new CommandFailure(
                    "Maven could not build " + folder + ":\n" + outcome.output().strip());
        }
    }
}
