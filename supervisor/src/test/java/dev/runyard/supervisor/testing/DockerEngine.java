package dev.runyard.supervisor.testing;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.runyard.supervisor.workload.docker.DockerConnection;
import dev.runyard.supervisor.workload.docker.DockerUnavailable;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/// The Docker engine of tests that need one.
public final class DockerEngine {
    private DockerEngine() {}

    /// Connects to the engine; skips the test where none answers, unless the build requires one.
    public static DockerConnection require() {
        DockerConnection connection = DockerConnection.to(null, Duration.ofSeconds(60));
        try {
            connection.awaitAnswer(Duration.ZERO);
            connection.commands().inspectImageCmd("eclipse-temurin:25-jre").exec();
            return connection;
        } catch (DockerUnavailable | NotFoundException e) {
            connection.close();
            if (Boolean.getBoolean("runyard.require.docker")) {
                throw new IllegalStateException("this build requires Docker with the image eclipse-temurin:25-jre", e);
            }
            return Assumptions.abort("no Docker engine with the image eclipse-temurin:25-jre: " + e.getMessage());
        }
    }
}
