package dev.runyard.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessLedgerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void sparesAnotherProcessWithTheSameId() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Path file = folder.resolve("processes");
            Files.writeString(
                    file, "webapp " + stranger.pid() + " " + Instant.now().minusSeconds(3_600) + "\n");

            assertThat(new ProcessLedger(file).endLeftovers()).isEmpty();

            assertThat(stranger.isAlive()).isTrue();
            assertThat(file).doesNotExist();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void readsPastALineThatWasCutOff() throws Exception {
        Path file = folder.resolve("processes");
        Files.writeString(file, "webapp 12\n");

        assertThat(new ProcessLedger(file).endLeftovers()).isEmpty();
    }
}
