package dev.runyard.cli.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresTest {
    private static final int PORT = 5432;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void refusesDataOfAnotherVersion() throws Exception {
        EmbeddedPostgres.Settings settings =
                new EmbeddedPostgres.Settings(folder, folder.resolve("postgres.log"), PORT, "secret");
        Files.createDirectories(settings.data());
        Files.writeString(settings.data().resolve("PG_VERSION"), "9\n");

        assertThatThrownBy(() -> EmbeddedPostgres.prepare(settings))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("made by PostgreSQL 9")
                .hasMessageContaining("--data");
    }
}
