package dev.runyard.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarsTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    @Test
    void saysHowToMakeAMissingJar() throws Exception {
        jar("webapp/target/runyard-webapp-1.0-app.jar");
        jar("supervisor/target/runyard-supervisor-1.0.jar");

        assertThatThrownBy(() -> Jars.of(home))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("runyard-supervisor-*-app.jar")
                .hasMessageContaining("./mvnw package");
    }

    @Test
    void takesTheNewest() throws Exception {
        jar("supervisor/target/runyard-supervisor-1.0-app.jar");
        Path newer = jar("webapp/target/runyard-webapp-1.0-app.jar");
        Path older = jar("webapp/target/runyard-webapp-2.0-app.jar");
        Files.setLastModifiedTime(older, FileTime.from(LONG_AGO));

        assertThat(Jars.of(home).webapp()).isEqualTo(newer);
    }

    private Path jar(String name) throws IOException {
        Path jar = home.resolve(name);
        Files.createDirectories(jar.getParent());
        return Files.createFile(jar);
    }
}
