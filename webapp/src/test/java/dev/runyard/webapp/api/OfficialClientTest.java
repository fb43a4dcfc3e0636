package dev.runyard.webapp.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.testkit.Requirement;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every operation that the unmodified official npm client has for the routes of this API, driven by the client itself.
/// The list of operations is the client's own list of exports. A worker is played; real tasks run in the whole-system
/// test.
class OfficialClientTest extends WebappTest {
    private static final String ROOT = "/engine/v1/worker-actions";

    @ParameterizedTest
    @ValueSource(strings = {"4.8.3", "4.5.12"})
    void drivesEveryOperation(String version) throws IOException, InterruptedException {
        Requirement.CLIENT.check();
        Deployments.deploy(
                api("prod"),
                Deployments.task("hello-world"),
                new TaskResource("nightly", null, "T.java", null, null, null, null, null, null, null, "schedule"));
        Path folder = Path.of("target", "client", version).toAbsolutePath();
        Files.createDirectories(folder);
        try (InputStream script = Objects.requireNonNull(getClass().getResourceAsStream("/client/conformance.mjs"))) {
            Files.write(folder.resolve("conformance.mjs"), script.readAllBytes());
        }
        Files.writeString(folder.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
        String install =
                "npm install --prefer-offline --no-audit --no-fund --ignore-scripts @trigger.dev/sdk@" + version;
        run(folder, List.of(install.split(" ")));
        AtomicBoolean ended = new AtomicBoolean();
        Thread worker = Thread.ofVirtual().start(() -> work(ended));
        String printed;
        try {
            printed = run(folder, List.of("node", "conformance.mjs", baseUrl(), secretKey()));
        } finally {
            ended.set(true);
            worker.join();
        }

        JsonNode seen = JsonMapper.shared()
                .readTree(printed.lines()
                        .filter(line -> line.startsWith("{"))
                        .findFirst()
                        .orElse("{}"));
        assertThat(seen.path("failures").toString()).as(printed).isEqualTo("[]");
        assertThat(seen.path("uncovered").toString()).isEqualTo("[]");
        assertThat(seen.path("unknownObjects").toString()).isEqualTo("[]");
        assertThat(seen.path("driven").size()).isGreaterThanOrEqualTo(50);
    }

    /// Ends every run of the greeting task at once.
    private void work(AtomicBoolean ended) {
        Http worker = supervisor("client-test").with("x-trigger-worker-runner-id", "runner-1");
        while (!ended.get()) {
            for (DequeuedMessage message : worker.post(ROOT + "/dequeue", new DequeueRequest(null, 50, 500L))
                    .as(DequeuedMessage[].class)) {
                String run = ROOT + "/runs/" + message.run().friendlyId() + "/snapshots/";
                SnapshotId started = worker.post(run + message.snapshot().friendlyId() + "/attempts/start", Map.of())
                        .as(StartAttemptResponse.class)
                        .snapshot()
                        .friendlyId();
                Completion greeting = Completion.success(
                        message.run().friendlyId().toString(), "{\"message\":\"Hello, Ada!\"}", "application/json", 1);
                worker.post(run + started + "/attempts/complete", new CompleteAttemptRequest(greeting))
                        .as(Map.class);
            }
        }
    }

    private static String secretKey() {
        return JsonMapper.shared()
                .readTree(bootstrapFile("secrets.json"))
                .at("/environments/prod/secretKey")
                .asString();
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve(command.getFirst() + ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
