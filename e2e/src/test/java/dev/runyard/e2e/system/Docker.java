package dev.runyard.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of the machine's Docker engine.
public final class Docker {
    private Docker() {}

    /// Runs a command, which must succeed, and returns what it printed.
    public static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }

    /// Runs a command and returns the lines that it printed.
    public static List<String> lines(String... arguments) throws IOException, InterruptedException {
        return run(arguments).lines().map(String::strip).toList();
    }

    /// Builds the image of a task bundle.
    public static void buildTasks(String image, Path bundle) throws IOException, InterruptedException {
        Path dockerfile =
                Path.of("..", "examples", "Dockerfile").toAbsolutePath().normalize();
        run("build", "--quiet", "--tag", image, "--file", dockerfile.toString(), bundle.toString());
    }
}
