package dev.runyard.webapp.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DeploymentTest extends WebappTest {
    @Autowired
    private RunEngine engine;

    @Autowired
    private DeployedVersions versions;

    @Test
    void makesADeployedVersionTheCurrentOne() {
        String task = "task-" + UUID.randomUUID();

        DeploymentId id = Deployments.deploy(api("dev"), Deployments.task(task));

        WorkerVersion current = versions.current(environmentId("dev")).orElseThrow();
        assertThat(current.deploymentId()).isEqualTo(id);
        assertThat(current.image()).isEqualTo("example/tasks:1");
        assertThat(current.task(task)).isPresent();
        assertThat(versions.findByNumber(environmentId("dev"), current.number()))
                .contains(current);
        Answer shown = api("dev").get("/api/v1/deployments/current");
        assertThat(shown.json().path("status").asString()).isEqualTo("DEPLOYED");
        assertThat(shown.json().path("version").asString()).matches("\\d{8}\\.\\d+");
    }

    @Test
    void numbersConcurrentDeploymentsApart() {
        Set<String> numbers = ConcurrentHashMap.newKeySet();
        Http api = api("dev");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                callers.submit(() -> numbers.add(api.post("/api/v1/deployments", Map.of("contentHash", "hash"))
                        .json()
                        .path("version")
                        .asString()));
            }
        }

        assertThat(numbers).hasSize(20);
    }

    @Test
    void releasesRunsThatWaitedForTheTask() {
        String task = "task-" + UUID.randomUUID();
        Deployments.deploy(api("dev"), Deployments.task("other"));
        var outcome = (TriggerOutcome.Accepted)
                engine.trigger(TriggerCommand.of(environmentId("dev"), task).build());

        Deployments.deploy(api("dev"), Deployments.task("other"), Deployments.task(task));

        assertThat(engine.state(outcome.runId()))
                .hasValueSatisfying(state -> assertThat(state.status()).isNotEqualTo(RunStatus.PENDING_VERSION));
    }

    @Test
    void givesRunsTheVersionThatTheyNameByItsExternalId() {
        Http api = api("stg");
        String task = "task-" + UUID.randomUUID();
        String commit = "commit-" + UUID.randomUUID();
        Map<String, Object> pinned = Map.of("payload", "{}", "options", Map.of("externalDeploymentId", commit));
        Deployments.deploy(api, Deployments.task(task));
        String early = trigger(api, task, pinned);
        assertThat(status(api, early)).isEqualTo("PENDING_VERSION");

        DeploymentId id = DeploymentId.parse(
                api.post("/api/v1/deployments", Map.of("contentHash", "hash", "externalDeploymentId", commit))
                        .json()
                        .path("id")
                        .asString());
        Deployments.finish(api, id, Deployments.task(task));
        Deployments.deploy(api, Deployments.task(task));

        assertThat(status(api, early)).isEqualTo("QUEUED");
        String version = versions.findByExternalId(environmentId("stg"), commit)
                .orElseThrow()
                .number();
        String late = trigger(api, task, pinned);
        assertThat(api.get("/api/v3/runs/" + late).json().path("version").asString())
                .isEqualTo(version);
        assertThat(versions.current(environmentId("stg")).orElseThrow().number())
                .isNotEqualTo(version);
    }

    @Test
    void refusesAnExternalIdThatIsTooLong() {
        Answer answer = api("stg")
                .post("/api/v1/deployments", Map.of("contentHash", "hash", "externalDeploymentId", "x".repeat(129)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("externalDeploymentId");
    }

    private static String trigger(Http api, String task, Map<String, Object> body) {
        return api.post("/api/v1/tasks/" + task + "/trigger", body)
                .json()
                .path("id")
                .asString();
    }

    private static String status(Http api, String run) {
        return api.get("/api/v3/runs/" + run).json().path("status").asString();
    }

    @Test
    void repeatsAStepWithTheSameAnswer() {
        Http api = api("dev");
        DeploymentId id = Deployments.initialize(api);
        var registration = Deployments.registration(Deployments.task("a"));

        String first = api.post(Deployments.path(id) + "/background-workers", registration)
                .text();
        String second = api.post(Deployments.path(id) + "/background-workers", registration)
                .text();
        assertThat(second).isEqualTo(first);
        Map<String, String> image = Map.of("imageReference", "example/a:1");
        assertThat(api.post(Deployments.path(id) + "/finalize", image).status()).isEqualTo(200);
        assertThat(api.post(Deployments.path(id) + "/finalize", image).status()).isEqualTo(200);
        assertThat(api.post(Deployments.path(id) + "/finalize", Map.of("imageReference", "example/b:1"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void keepsToTheOrderOfSteps() {
        Http api = api("dev");
        DeploymentId id = Deployments.initialize(api);

        Answer early = api.post(Deployments.path(id) + "/finalize", Map.of("imageReference", "example/a:1"));

        assertThat(early.status()).isEqualTo(422);
        assertThat(early.json().path("error").asString()).contains("has no tasks yet");
        assertThat(early.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void belongsToOneEnvironment() {
        DeploymentId id = Deployments.initialize(api("dev"));

        Answer foreign = api("prod")
                .post(Deployments.path(id) + "/background-workers", Deployments.registration(Deployments.task("a")));

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(anonymous()
                        .post("/api/v1/deployments", Map.of("contentHash", "x"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void namesEverythingThatIsWrongWithABuild() {
        DeploymentId id = Deployments.initialize(api("dev"));
        RetryOptions retry = new RetryOptions(0, -1.0, -5L, 1L, null, new RetryOptions.OutOfMemory("huge"));

        Answer answer = api("dev")
                .post(
                        Deployments.path(id) + "/background-workers",
                        Deployments.registration(
                                Deployments.task("a", new QueueManifest("q", 100_001), retry), Deployments.task("a")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asString())
                .startsWith("Validation error: ")
                .contains("metadata.tasks[0].queue.concurrencyLimit is 100001")
                .contains("metadata.tasks[0].retry.maxAttempts is 0")
                .contains("metadata.tasks[0].retry.factor is -1.0")
                .contains("metadata.tasks[0].retry.minTimeoutInMs is -5")
                .contains("no machine has the name \"huge\"")
                .contains("two tasks have the id \"a\"");
        assertThat(answer.json().path("issues").size()).isEqualTo(6);
    }

    @Test
    void saysWhichTaskHasAnUnknownMachine() {
        DeploymentId id = Deployments.initialize(api("dev"));

        Answer answer = api("dev").postText(Deployments.path(id) + "/background-workers", """
                {"localOnly":true,"metadata":{"packageVersion":"1","contentHash":"h","tasks":[
                  {"id":"a"},{"id":"b","machine":{"preset":"mega-1x"}}]}}
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asString())
                .isEqualTo("Validation error: metadata.tasks[1].machine.preset no such machine: mega-1x");
    }

    @Test
    void refusesQueuesWithTwoLimits() {
        DeploymentId id = Deployments.initialize(api("dev"));

        Answer answer = api("dev")
                .post(
                        Deployments.path(id) + "/background-workers",
                        Deployments.registration(
                                Deployments.task("a", new QueueManifest("shared", 1), null),
                                Deployments.task("b", new QueueManifest("shared", 2), null)));

        assertThat(answer.json().path("error").asString())
                .contains("queue \"shared\" is declared with two different limits");
    }

    @Test
    void refusesWhatIsNoImage() {
        for (String image : List.of("", " ", "bundle:relative/folder", "a b", "-rm")) {
            assertThat(api("dev")
                            .post("/api/v1/deployments", Map.of("contentHash", "h", "imageReference", image))
                            .status())
                    .as("image '%s'", image)
                    .isEqualTo(400);
        }
        assertThat(api("dev").postText("/api/v1/deployments", "{").status()).isEqualTo(400);
        assertThat(api("dev").post("/api/v1/deployments", Map.of()).status()).isEqualTo(400);
    }
}
