package dev.runyard.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageTargetTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void namesImagesByTheirContent() {
        assertThat(target("registry.example.com:5000/acme/my-tasks").reference("0123456789abcdef"))
                .isEqualTo("registry.example.com:5000/acme/my-tasks:0123456789ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tasks", "localhost:5000", "localhost:5000/tasks:1", "LOCALHOST/tasks", "a/b@sha256:00", ""})
    void refusesWhatIsNoRepository(String repository) {
        assertThatThrownBy(() -> target(repository))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--registry");
    }

    @Test
    void sendsNothingInClearButToThisMachine() {
        assertThat(target("localhost:5000/tasks").isLocal()).isTrue();
        assertThat(target("127.0.0.1:5000/tasks").isLocal()).isTrue();
        assertThat(target("localhost.example.com/tasks").isLocal()).isFalse();
        assertThat(target("registry.example.com/tasks").isLocal()).isFalse();
    }

    @Test
    void saysThatTheRegistryDoesNotAnswer() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        Files.write(folder.resolve("lib/tasks.jar"), new byte[0]);
        PushImage pushImage = new PushImage(new ImageTarget("127.0.0.1:9/tasks", "127.0.0.1:9/java:25", null));

        assertThatThrownBy(() -> pushImage.publish(folder, "0123456789abcdef"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("127.0.0.1:9/tasks:0123456789ab");
    }

    private static ImageTarget target(String repository) {
        return new ImageTarget(repository, "java:25", null);
    }
}
