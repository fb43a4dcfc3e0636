package dev.runyard.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs a script in the place of `docker`, which writes down how it is called and fails where it is told to.
final class BuildImageTest {
    private static final String HASH = "0123456789abcdef";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path dockerfile;

    @BeforeEach
    void writeDockerfile() throws IOException {
        dockerfile = folder.resolve("Dockerfile");
        Files.write(dockerfile, List.of("# Tasks", "FROM some-java:25", "COPY lib /app/lib"));
    }

    @Test
    void seesThatThereIsNoDocker() {
        assertThat(new BuildImage(dockerfile, "no-such-docker").obstacle())
                .get()
                .asString()
                .contains("no program `no-such-docker`");
    }

    @Test
    void seesThatNoEngineAnswers() throws IOException {
        assertThat(failingAt("version").obstacle()).get().asString().startsWith("no Docker engine answers");
    }

    @Test
    void fetchesTheBaseThatIsMissing() throws IOException {
        assertThat(failingAt("image").obstacle()).isEmpty();
        assertThat(calls()).containsExactly("version", "image inspect some-java:25", "pull --quiet some-java:25");
    }

    @Test
    void namesTheBaseThatCannotBeFetched() throws IOException {
        assertThat(failingAt("image|pull").obstacle()).get().asString().contains("some-java:25");
    }

    @Test
    void buildsEachContentOnce() throws IOException {
        assertThat(failingAt("image").build(folder, HASH)).isEqualTo("runyard-tasks:0123456789ab");
        assertThat(calls()).hasSize(2).last().asString().startsWith("build --quiet -t runyard-tasks:0123456789ab -f ");

        Files.delete(folder.resolve("calls"));
        assertThat(failingAt("build").build(folder, HASH)).isEqualTo("runyard-tasks:0123456789ab");
        assertThat(calls()).containsExactly("image inspect runyard-tasks:0123456789ab");
    }

    @Test
    void showsWhyABuildFailed() throws IOException {
        BuildImage buildImage = failingAt("image|build");

        assertThatThrownBy(() -> buildImage.build(folder, HASH))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("could not be built:\nthe engine refuses");
    }

    private BuildImage failingAt(String subcommands) throws IOException {
        Path script = folder.resolve("docker");
        Files.write(
                script,
                List.of(
                        "#!/bin/sh",
                        "echo \"$*\" >>" + folder.resolve("calls"),
                        "case $1 in " + subcommands + ") echo the engine refuses; exit 1 ;; esac"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new BuildImage(dockerfile, script.toString());
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }
}
