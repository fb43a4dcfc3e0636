package dev.runyard.cli.up;

import java.nio.file.Path;

/// What a person asked `runyard up` for.
///
/// @param home the repository, with the built jars
/// @param port where the webapp listens
/// @param supervisorPort where the supervisor listens
/// @param data folder of everything that is kept
/// @param workloads what runs tasks
/// @param withExample whether the examples are deployed and one is run
record UpOptions(Path home, int port, int supervisorPort, Path data, Workloads workloads, boolean withExample) {
    enum Workloads {
        /// Containers where a Docker engine answers, processes elsewhere.
        AUTO,
        DOCKER,
        PROCESS
    }

    UpOptions with(Workloads chosen) {
        return new UpOptions(home, port, supervisorPort, data, chosen, withExample);
    }

    /// What the image of the examples is built by.
    Path dockerfile() {
        return home.resolve("examples/Dockerfile");
    }

    String url() {
        return "http://localhost:" + port;
    }
}
