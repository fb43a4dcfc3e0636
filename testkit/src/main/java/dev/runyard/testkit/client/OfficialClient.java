package dev.runyard.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.testkit.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// One version of the unmodified official npm client, in a folder of its own.
public final class OfficialClient {
    /// The newest version, whose operations are the ones that count.
    public static final String NEWEST = "4.8.3";
    /// The version that the API was specified with.
    public static final String REFERENCE = "4.5.12";

    private static final List<String> SCRIPTS = List.of(
            "batches",
            "bulk",
            "conformance",
            "credentials",
            "deployments",
            "driver",
            "inside-tasks",
            "lists",
            "live",
            "operations",
            "payloads",
            "queues",
            "runs",
            "schedules",
            "waits");
    private static final int PATIENCE_MINUTES = 6;

    private final Path folder;

    private OfficialClient(Path folder) {
        this.folder = folder;
    }

    /// What a suite is run against.
    ///
    /// @param url where the server listens
    /// @param secretKey key of the production environment
    /// @param project reference of its project
    /// @param personalToken token of somebody who belongs to it
    /// @param isLive whether a supervisor executes real tasks, or a test plays one
    public record Server(String url, String secretKey, String project, String personalToken, boolean isLive) {}

    /// Installs a version with the scripts beside it; skips the calling test where there is no npm.
    public static OfficialClient install(Path folder, String version) {
        Requirement.CLIENT.check();
        OfficialClient client = new OfficialClient(folder.toAbsolutePath());
        try {
            Files.createDirectories(client.folder);
            Files.writeString(client.folder.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
            for (String script : SCRIPTS) {
                client.add(OfficialClient.class, "/client/" + script + ".mjs");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.run(List.of(
                "npm",
                "install",
                "--prefer-offline",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "@trigger.dev/sdk@" + version));
        return client;
    }

    /// Puts a script of the calling test beside the client.
    public void add(Class<?> owner, String resource) {
        Path target = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        try (InputStream script = Objects.requireNonNull(owner.getResourceAsStream(resource), resource)) {
            Files.copy(script, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Drives every operation and returns what was seen, as JSON.
    public String conform(Server server) {
        return node(
                "conformance.mjs",
                server.url(),
                server.secretKey(),
                server.project(),
                server.personalToken(),
                server.isLive() ? "live" : "played");
    }

    /// Runs a script and returns the JSON document that it prints.
    public String node(String script, String... parameters) {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(parameters));
        String printed = run(command);
        return printed.lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no JSON was printed: " + printed));
    }

    private String run(List<String> command) {
        Path output = folder.resolve(command.getFirst() + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as(printed).isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
