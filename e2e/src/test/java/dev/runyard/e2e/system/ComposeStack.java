package dev.runyard.e2e.system;

import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Runyard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// A Runyard as `docker compose up` makes it, beside whatever else runs on this machine.
public final class ComposeStack implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FILE = ROOT.resolve("docker-compose.yml");

    /// The jars of this build, so that nothing is compiled a second time.
    private static final Path PREBUILT = ROOT.resolve("docker/prebuilt.yml");

    public final URI origin;
    public final int supervisorPort = freePort();
    public final int registryPort = freePort();
    public final String taskNetwork;
    private final int port = freePort();
    private final String project = "runyard-" + UUID.randomUUID().toString().substring(0, 8);
    private final Path folder;
    private final Path environment;

    private ComposeStack(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.environment = this.folder.resolve("env");
        this.origin = URI.create("http://localhost:" + port);
        this.taskNetwork = project + "-tasks";
    }

    /// Builds the images and starts everything; returns when all of it is healthy.
    public static ComposeStack start(Path folder) {
        ComposeStack stack = new ComposeStack(folder);
        stack.writeEnvironment();
        boolean isUp = false;
        try {
            stack.compose("up", "--detach", "--build", "--wait", "--wait-timeout", "240");
            isUp = true;
            return stack;
        } finally {
            if (!isUp) {
                stack.close();
            }
        }
    }

    /// The secret key of the production environment.
    public String secretKey() {
        String keys = compose("exec", "-T", "webapp", "cat", "/var/lib/runyard/webapp/keys.json");
        return JsonMapper.builder()
                .build()
                .readTree(keys)
                .path("environments")
                .path("prod")
                .path("secretKey")
                .asString();
    }

    public Runyard client() {
        return Runyard.connect(ClientConfig.of(origin.toString(), secretKey()));
    }

    public Path folder() {
        return folder;
    }

    /// Returns the addresses of a service's container in all its networks.
    public List<String> addresses(String service) {
        String container = compose("ps", "--quiet", service).strip();
        String printed = run(List.of(
                "docker",
                "inspect",
                "--format",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}",
                container));
        return List.of(printed.strip().split("\\s+"));
    }

    /// Runs `docker compose` for this stack and returns what it printed.
    public String compose(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "compose",
                "--project-name",
                project,
                "--env-file",
                environment.toString(),
                "--file",
                FILE.toString(),
                "--file",
                PREBUILT.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /// Runs a program to its end and returns what it printed.
    public String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.writeString(folder.resolve("compose.log"), compose("logs", "--no-color"));
        } catch (IOException | IllegalStateException e) {
            System.err.println("the logs of the stack could not be kept: " + e);
        }
        compose("down", "--volumes", "--timeout", "10");
        removeTaskNetwork();
    }

    private void removeTaskNetwork() {
        String left = run(List.of("docker", "ps", "--all", "--quiet", "--filter", "network=" + taskNetwork));
        left.lines().forEach(container -> run(List.of("docker", "rm", "--force", container)));
        String networks = run(List.of("docker", "network", "ls", "--quiet", "--filter", "name=" + taskNetwork));
        networks.lines().forEach(network -> run(List.of("docker", "network", "rm", network)));
    }

    private void writeEnvironment() {
        try {
            Files.createDirectories(folder);
            run(List.of("sh", ROOT.resolve("docker/generate-secrets.sh").toString(), environment.toString()));
            // What comes last counts.
            Files.writeString(
                    environment,
                    """
                    RUNYARD_APP_ORIGIN=%s
                    RUNYARD_PORT=%d
                    RUNYARD_SUPERVISOR_PORT=%d
                    RUNYARD_REGISTRY_PORT=%d
                    RUNYARD_TASK_NETWORK=%s
                    RUNYARD_WARM_IDLE=60s
                    """.formatted(origin, port, supervisorPort, registryPort, taskNetwork),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
