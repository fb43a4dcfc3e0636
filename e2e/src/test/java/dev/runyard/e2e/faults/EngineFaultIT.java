package dev.runyard.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.Docker;
import dev.runyard.e2e.system.TaskBundle;
import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.e2e.tasks.WaitTasks;
import dev.runyard.e2e.tasks.WitnessTasks;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TriggerOptions;
import dev.runyard.testkit.Requirement;
import dev.runyard.testkit.docker.DockerProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// A container that stands still, an engine that is out of reach, and one whose disk is full: every run ends once, and
/// no attempt begins twice. The supervisor reaches the engine through a proxy of the test; the engine itself goes on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineFaultIT {
    private static final String NAME = "runyard-e2e-engine-faults";
    private static final String IMAGE = NAME + ":test";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FULL = "write /var/lib/docker/containers/x: no space left on device";

    private final HttpClient http = HttpClient.newHttpClient();
    private final DockerProxy proxy = new DockerProxy();
    private WholeSystem system;
    private Runyard client;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Requirement.DOCKER.check();
        Path folder = Path.of("target", "engine-faults", String.valueOf(System.nanoTime()));
        Path bundle = TaskBundle.write(folder.resolve("bundle"));
        Docker.buildTasks(IMAGE, bundle);
        system = WholeSystem.start(
                folder,
                "docker",
                Map.of(
                        "RUNYARD_SUPERVISOR_INSTANCENAME", NAME,
                        "RUNYARD_SUPERVISOR_DOCKER_HOST", proxy.address(),
                        "RUNYARD_SUPERVISOR_DOCKER_NETWORK", NAME,
                        "RUNYARD_SUPERVISOR_DOCKER_PULLPOLICY", "never",
                        "RUNYARD_SUPERVISOR_DOCKER_RECONCILEINTERVAL", "2s",
                        "RUNYARD_SUPERVISOR_TIMING_RUNNERHEARTBEAT", "2s",
                        "RUNYARD_SUPERVISOR_TIMING_RUNNERLEASE", "20s",
                        "RUNYARD_SUPERVISOR_WAITING_TIER", "checkpoint",
                        "RUNYARD_SUPERVISOR_WAITING_FALLBACK", "freeze",
                        "RUNYARD_SUPERVISOR_WAITING_THRESHOLD", "500ms"),
                Map.of("RUNYARD_ENGINE_EXECUTIONTIMEOUT", "21s"));
        system.deployer().deploy(bundle, IMAGE);
        client = system.client();
    }

    @AfterEach
    void mend() throws IOException, InterruptedException {
        proxy.restore();
        await("nothing is left of the runs", () -> containers().isEmpty());
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        if (system != null) {
            client.close();
            system.close();
            for (String left : containers()) {
                Docker.run("rm", "--force", left);
            }
            Docker.run("network", "rm", "--force", NAME);
            Docker.run("image", "rm", "--force", IMAGE);
        }
        proxy.close();
    }

    @Test
    void takesARunFromAContainerThatStandsStillAndRefusesItsLateResult() throws Exception {
        RunHandle<String> run = trigger("still", 2_000, "first");
        awaitAttempt(run);
        String container = Docker.run(
                        "ps", "-q", "--filter", "label=dev.runyard.run=" + run.id(), "--filter", "name=runner")
                .strip();
        Docker.run("pause", container);
        // Or the supervisor would kill it before it can say anything.
        proxy.cut();
        await("its lease lapses", () -> count(run, "event = 'RECOVERED'") == 1);

        Docker.run("unpause", container);

        await(
                "the container gives up by itself",
                () -> !Docker.run("ps", "-aq", "--filter", "id=" + container, "--filter", "status=exited")
                        .isBlank());
        HttpResponse<String> late = completeLate(run);
        assertThat(late.statusCode()).as(late.body()).isEqualTo(400);
        assertThat(late.body()).contains("latest snapshot");
        assertThat(run.retrieve().isFinal()).isFalse();
        proxy.restore();
        assertEnd(run, "still-2", 2);
    }

    @Test
    void goesOnWhileTheEngineIsOutOfReach() throws Exception {
        List<RunHandle<String>> executing = List.of(
                trigger("executing-a", 5_000, "first"),
                trigger("executing-b", 5_000, "first"),
                trigger("executing-c", 5_000, "first"));
        executing.forEach(this::awaitAttempt);
        proxy.cut();
        List<RunHandle<String>> later = List.of(
                trigger("later-a", 50, "later"), trigger("later-b", 50, "later"), trigger("later-c", 50, "later"));

        assertEnd(executing.get(0), "executing-a-1", 1);
        assertEnd(executing.get(1), "executing-b-1", 1);
        assertEnd(executing.get(2), "executing-c-1", 1);
        assertThat(later)
                .allMatch(run -> count(run, "event = 'ATTEMPT_STARTED'") == 0
                        && !run.retrieve().isFinal());
        proxy.restore();

        assertEnd(later.get(0), "later-a-1", 1);
        assertEnd(later.get(1), "later-b-1", 1);
        assertEnd(later.get(2), "later-c-1", 1);
    }

    @Test
    void keepsARunForWhoseContainerNoSpaceIsLeft() throws Exception {
        proxy.refuse("POST .*/containers/create.*", FULL);
        RunHandle<String> run = trigger("full", 50, "first");

        await(
                "the run says what is full",
                () -> events(run)
                        .contains("The run could not be started and will be tried again: The container of image "
                                + IMAGE + " could not be started: " + FULL));
        assertThat(run.retrieve().isFinal()).isFalse();
        proxy.restore();

        assertEnd(run, "full-1", 1);
    }

    @Test
    void keepsTheProcessOfAWaitingRunForWhichNoSpaceIsLeft() throws Exception {
        proxy.refuse("POST .*/checkpoints", FULL);
        String token = client.waitpoints()
                .create(TokenOptions.timeout(Duration.ofMinutes(10)))
                .id();
        RunHandle<String> run = client.trigger(WaitTasks.APPROVAL, token);

        await(
                "the run says what is full",
                () -> events(run)
                        .contains("The run waits with its process in place: the Docker engine made no checkpoint: "
                                + FULL + ". It is frozen instead and keeps its memory."));
        assertThat(Docker.run("ps", "-q", "--filter", "label=dev.runyard.run=" + run.id(), "--filter", "status=paused"))
                .isNotBlank();
        client.waitpoints().complete(token, "approved");

        assertEnd(run, "Completed[output=approved] in attempt 1", 1);
    }

    private RunHandle<String> trigger(String nonce, long workMs, String key) {
        return client.trigger(
                WitnessTasks.WIDE,
                new WitnessTasks.Order("/tmp/witness", workMs, 1, nonce),
                TriggerOptions.none().concurrencyKey(key));
    }

    private void awaitAttempt(RunHandle<?> run) {
        await(run.id() + " executes", () -> count(run, "event = 'ATTEMPT_STARTED'") == 1);
    }

    /// The run's one end is that of the given attempt, each of which began once, and nothing is missing between.
    private void assertEnd(RunHandle<String> run, String output, int attempts) {
        assertThat(run.await(PATIENCE).outputOrThrow()).isEqualTo(output);
        assertThat(count(run, "event = 'SUCCEEDED' and attempt = " + attempts)).isEqualTo(1);
        assertThat(count(run, "execution = 'FINISHED'")).isEqualTo(1);
        assertThat(count(run, "event = 'ATTEMPT_STARTED'")).isEqualTo(attempts);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            assertThat(count(run, "event = 'ATTEMPT_STARTED' and attempt = " + attempt))
                    .as("attempt %d begins once", attempt)
                    .isEqualTo(1);
        }
        assertThat(count(run, "version <= (select version from run_state s where s.run_id = run_transition.run_id)"))
                .as("no version is missing")
                .isEqualTo(system.sql()
                        .sql("select version from run_state where run_id = ?")
                        .param(RunId.parse(run.id()).value())
                        .query(Integer.class)
                        .single());
    }

    private int count(RunHandle<?> run, String condition) {
        return system.sql()
                .sql("select count(*) from run_transition where run_id = ? and " + condition)
                .param(RunId.parse(run.id()).value())
                .query(Integer.class)
                .single();
    }

    /// Reports a success in the name of the first attempt, as its runner would.
    private HttpResponse<String> completeLate(RunHandle<?> run) throws IOException, InterruptedException {
        int version = system.sql()
                .sql("select version from run_transition where run_id = ? and event = 'ATTEMPT_STARTED'")
                .param(RunId.parse(run.id()).value())
                .query(Integer.class)
                .single();
        String path = "/engine/v1/worker-actions/runs/" + run.id() + "/snapshots/" + new SnapshotId(version)
                + "/attempts/complete";
        Completion success = Completion.success(run.id(), "\"late\"", "application/json", 1);
        return send(request(path)
                .header(
                        "authorization",
                        "Bearer "
                                + Files.readString(system.folder().resolve("worker-token"))
                                        .strip())
                .header("x-trigger-worker-instance-name", NAME)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(
                        JsonMapper.builder().build().writeValueAsString(new CompleteAttemptRequest(success)))));
    }

    private String events(RunHandle<?> run) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request("/api/v1/runs/" + run.id() + "/events")
                .header("authorization", "Bearer " + system.secretKey()));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(system.origin + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static List<String> containers() throws IOException, InterruptedException {
        return Docker.lines("ps", "-aq", "--filter", "label=dev.runyard.supervisor=" + NAME);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(condition);
    }
}
