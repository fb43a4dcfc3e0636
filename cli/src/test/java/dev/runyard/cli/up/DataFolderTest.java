package dev.runyard.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.cli.CommandFailure;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path parent;

    @Test
    void isUsedByOneAtATime() {
        Path root = parent.resolve("data");
        try (DataFolder _ = DataFolder.open(root)) {
            assertThatThrownBy(() -> DataFolder.open(root))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("Another `runyard up`")
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data");
        }
        DataFolder.open(root).close();
    }

    @Test
    void isForItsOwnerAlone() throws Exception {
        try (DataFolder data = DataFolder.open(parent.resolve("data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void refusesAFile() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void remembersItsSecrets() {
        Path root = parent.resolve("data");
        String first;
        try (DataFolder data = DataFolder.open(root)) {
            first = data.secret("postgres");
            assertThat(data.secret("redis")).isNotEqualTo(first);
        }
        try (DataFolder data = DataFolder.open(root)) {
            assertThat(data.secret("postgres")).isEqualTo(first);
        }
    }

    @Test
    void keepsAPortWhileItIsFree() throws Exception {
        try (DataFolder data = DataFolder.open(parent.resolve("data"))) {
            int port = data.port("redis");
            assertThat(data.port("redis")).isEqualTo(port);
            try (ServerSocket _ = new ServerSocket(port)) {
                int other = data.port("redis");
                assertThat(other).isNotEqualTo(port);
                assertThat(data.port("redis")).isEqualTo(other);
            }
        }
    }
}
