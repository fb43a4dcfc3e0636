package dev.runyard.webapp.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.testkit.client.OfficialClient;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every operation that the unmodified official npm client has for the routes of this API, driven by the client itself.
/// The list of operations is the client's own list of exports. A worker is played; the same scripts run against real
/// tasks in the whole-system test.
class OfficialClientTest extends WebappTest {
    private static final String ROOT = "/engine/v1/worker-actions";

    @Autowired
    private ApplicationContext context;

    @ParameterizedTest
    @ValueSource(strings = {OfficialClient.NEWEST, OfficialClient.REFERENCE})
    void drivesEveryOperation(String version) throws InterruptedException {
        OfficialClient client = OfficialClient.install(Path.of("target", "client", version), version);
        Deployments.deploy(
                api("prod"),
                Deployments.task("hello-world"),
                new TaskResource(
                        "todo-reminder", null, "T.java", null, null, null, null, null, null, null, "schedule"));
        AtomicBoolean ended = new AtomicBoolean();
        Thread worker = Thread.ofVirtual().start(() -> work(ended));
        String printed;
        try {
            printed = client.conform(server());
        } finally {
            ended.set(true);
            worker.join();
        }

        JsonNode seen = JsonMapper.shared().readTree(printed);
        assertThat(seen.path("failures").toString()).as(printed).isEqualTo("[]");
        assertThat(seen.path("uncovered").toString()).isEqualTo("[]");
        assertThat(seen.path("uncalled").toString()).isEqualTo("[]");
        assertThat(seen.path("unknownObjects").toString()).isEqualTo("[]");
        assertThat(seen.path("driven").size()).isGreaterThanOrEqualTo(70);
    }

    private OfficialClient.Server server() {
        JsonNode secrets = JsonMapper.shared().readTree(bootstrapFile("secrets.json"));
        String personalToken = Browser.signIn(context, anonymous())
                .post("/api/dashboard/v1/personal-tokens", Map.of("name", "conformance"))
                .json()
                .path("token")
                .asString();
        return new OfficialClient.Server(
                baseUrl(),
                secrets.at("/environments/prod/secretKey").asString(),
                secrets.path("projectRef").asString(),
                personalToken,
                false);
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
}
