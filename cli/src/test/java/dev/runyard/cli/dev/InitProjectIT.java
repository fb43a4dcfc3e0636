package dev.runyard.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.cli.init.InitCommand;
import dev.runyard.cli.process.Programs;
import dev.runyard.junit.EmbeddedRunyard;
import dev.runyard.junit.RunyardTest;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What `runyard init` writes is built by Maven and Gradle themselves, and then executed from its sources.
@RunyardTest
class InitProjectIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final TaskReference<Object, String> HELLO = TaskReference.to("hello", Object.class, String.class);

    @TempDir
    Path folder;

    @Test
    void buildsAndServesAMavenProject(EmbeddedRunyard server) throws Exception {
        Path project = folder.resolve("my-tasks");
        assertThat(new CommandLine(new InitCommand())
                        .execute("--dir", project.toString(), "--package", "com.example.tasks"))
                .isZero();
        LocalRepository.useIn(project, folder.resolve("repository"));

        assertThat(Programs.run(List.of("mvn", "-B", "-q", "-f", project.toString(), "package"), ""))
                .satisfies(
                        built -> assertThat(built.exitCode()).as(built.output()).isZero());
        assertIsBundle(project.resolve("target/bundle/lib"));

        serve(project, server);
    }

    @Test
    void buildsAndServesAGradleProject(EmbeddedRunyard server) throws Exception {
        Requirement.GRADLE.check();
        Path project = folder.resolve("my-tasks");
        assertThat(new CommandLine(new InitCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute("--dir", project.toString(), "--build", "gradle"))
                .isZero();
        LocalRepository.useIn(project, folder.resolve("repository"));
        String gradle = GradleWrapper.in(project, folder.resolve("repository"));

        assertThat(Programs.run(List.of(gradle, "-q", "-p", project.toString(), "bundle"), ""))
                .satisfies(
                        built -> assertThat(built.exitCode()).as(built.output()).isZero());
        assertIsBundle(project.resolve("build/bundle/lib"));

        serve(project, server);
    }

    private static void assertIsBundle(Path lib) throws IOException {
        assertThat(namesIn(lib))
                .anyMatch(name -> name.startsWith("my-tasks-"))
                .anyMatch(name -> name.startsWith("runyard-sdk-"))
                .anyMatch(name -> name.startsWith("runyard-runner-"))
                .noneMatch(name -> name.startsWith("junit"));
    }

    private static void serve(Path project, EmbeddedRunyard server) throws IOException, InterruptedException {
        DevTarget target = new DevTarget(URI.create(server.url()), server.secretKey(), List.of());
        Path source = project.resolve("src/main/java/com/example/tasks/HelloTask.java");
        try (Session session = new Session(BuiltProject.in(project), target, new DevOptions(null, 2));
                Runyard client = Runyard.connect(ClientConfig.of(server.url(), server.secretKey()))) {
            session.await("ready ");
            assertThat(hello(client)).isEqualTo("Hello, Ada!");

            Files.writeString(source, Files.readString(source).replace("\"Hello, \"", "\"Good morning, \""));
            session.await("reloaded ");
            assertThat(hello(client)).isEqualTo("Good morning, Ada!");
        }
    }

    private static String hello(Runyard client) {
        return client.trigger(HELLO, Map.of("name", "Ada")).await(PATIENCE).outputOrThrow();
    }

    private static List<String> namesIn(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
