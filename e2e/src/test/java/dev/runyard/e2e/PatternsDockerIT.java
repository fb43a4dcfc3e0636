package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.testkit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/// The samples' twins in containers.
class PatternsDockerIT extends PatternRuns {
    private static final String IMAGE = "runyard-e2e-patterns:test";
    private static final String NETWORK = "runyard-e2e-patterns";

    private boolean isStarted;

    @Override
    WholeSystem deployed() throws IOException, InterruptedException {
        Requirement.DOCKER.check();
        isStarted = true;
        WholeSystem system = WholeSystem.start(
                Path.of("target", "patterns-docker", String.valueOf(System.nanoTime())),
                "docker",
                Map.of("RUNYARD_SUPERVISOR_DOCKER_NETWORK", NETWORK, "RUNYARD_SUPERVISOR_DOCKER_PULLPOLICY", "never"));
        Path dockerfile =
                Path.of("..", "examples", "Dockerfile").toAbsolutePath().normalize();
        docker("build", "--quiet", "--tag", IMAGE, "--file", dockerfile.toString(), BUNDLE.toString());
        system.deployer().deploy(BUNDLE, IMAGE);
        return system;
    }

    @AfterAll
    @Override
    void stop() throws IOException, InterruptedException {
        super.stop();
        if (isStarted) {
            docker("image", "rm", "--force", IMAGE);
            docker("network", "rm", "--force", NETWORK);
        }
    }

    private static void docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
