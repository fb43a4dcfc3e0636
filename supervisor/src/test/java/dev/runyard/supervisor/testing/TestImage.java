package dev.runyard.supervisor.testing;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import dev.runyard.supervisor.workload.docker.DockerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// An image that holds the stand-in for the runner, made of the Java image that must be there already.
public final class TestImage {
    public static final String NAME = "runyard-test-runner:latest";

    private static final String DOCKERFILE = """
            FROM eclipse-temurin:25-jre
            COPY lib /app/lib
            ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxRAMPercentage=75", \
            "-XX:+ExitOnOutOfMemoryError", "-cp", "/app/lib/*", "dev.runyard.runner.Runner"]
            """;

    private TestImage() {}

    /// Builds an image that holds nothing to execute.
    public static String buildEmpty(DockerConnection docker, Path folder, String command) throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n" + command + "\n");
        docker.streams()
                .buildImageCmd(folder.toFile())
                .withTags(Set.of("runyard-test-empty:latest"))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        return "runyard-test-empty:latest";
    }

    /// Builds the image. The engine's cache makes this quick from the second time on.
    public static String build(DockerConnection docker, Path folder) {
        try {
            TestBundle.in(folder);
            Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        docker.streams()
                .buildImageCmd(folder.toFile())
                .withTags(Set.of(NAME))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        return NAME;
    }
}
