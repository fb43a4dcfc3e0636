package dev.runyard.supervisor.testing;

import dev.runyard.supervisor.workload.docker.DockerConnection;
import dev.runyard.testkit.Requirement;
import java.time.Duration;

/// The Docker engine of tests that need one.
public final class DockerEngine {
    private DockerEngine() {}

    /// Connects to the engine; skips the test where none answers, unless the build requires one.
    public static DockerConnection require() {
        Requirement.DOCKER.check();
        DockerConnection connection = DockerConnection.to(null, Duration.ofSeconds(60));
        connection.awaitAnswer(Duration.ZERO);
        return connection;
    }
}
