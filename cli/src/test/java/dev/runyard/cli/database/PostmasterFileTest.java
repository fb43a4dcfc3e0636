package dev.runyard.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostmasterFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path data;

    @Test
    void isRemovedWhereItsNumberBelongsToAnotherProgram() throws Exception {
        write(ProcessHandle.current().pid(), "ready   ");

        assertThat(PostmasterFile.removeStale(data)).isFalse();
        assertThat(data.resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void isRemovedWhereItWasCutOff() throws Exception {
        Files.createFile(data.resolve("postmaster.pid"));

        assertThat(PostmasterFile.removeStale(data)).isFalse();
        assertThat(data.resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void tellsHowFarTheStartIs() throws Exception {
        assertThat(PostmasterFile.read(data)).isEmpty();

        write(17, "starting");
        assertThat(PostmasterFile.read(data)).contains(new PostmasterFile(17, false));

        write(17, "ready   ");
        assertThat(PostmasterFile.read(data)).contains(new PostmasterFile(17, true));
    }

    private void write(long pid, String status) throws Exception {
        List<String> lines =
                List.of(String.valueOf(pid), "/data", "1700000000", "5432", "", "127.0.0.1", "  1  2", status);
        Files.write(data.resolve("postmaster.pid"), lines);
    }
}
