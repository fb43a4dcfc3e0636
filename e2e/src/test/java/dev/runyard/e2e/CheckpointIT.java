package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.ServerProcess;
import dev.runyard.e2e.system.TaskBundle;
import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.e2e.tasks.WaitTasks;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.testkit.Requirement;
import dev.runyard.testkit.docker.DockerProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// Runs that wait without a process: it is stored with CRIU, and restored when they go on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckpointIT {
    private static final String IMAGE = "runyard-e2e-checkpoints:test";
    private static final String NETWORK = "runyard-e2e-checkpoints";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final DockerProxy proxy = new DockerProxy();
    private WholeSystem system;
    private Runyard client;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Requirement.DOCKER.check();
        Path folder = Path.of("target", "checkpoints", String.valueOf(System.nanoTime()));
        Path bundle = TaskBundle.write(folder.resolve("bundle"));
        Path dockerfile =
                Path.of("..", "examples", "Dockerfile").toAbsolutePath().normalize();
        docker("build", "--quiet", "--tag", IMAGE, "--file", dockerfile.toString(), bundle.toString());
        skipWithoutCheckpoints();
        system = WholeSystem.start(
                folder,
                "docker",
                Map.of(
                        "RUNYARD_SUPERVISOR_WAITING_TIER", "checkpoint",
                        "RUNYARD_SUPERVISOR_WAITING_THRESHOLD", "500ms",
                        "RUNYARD_SUPERVISOR_WAITING_SWEEPINTERVAL", "1s",
                        "RUNYARD_SUPERVISOR_WAITING_RETRY", "1s",
                        "RUNYARD_SUPERVISOR_DOCKER_HOST", proxy.address(),
                        // An engine that may not look into other users' processes can store its own user's alone.
                        "RUNYARD_SUPERVISOR_DOCKER_USER", "0:0",
                        "RUNYARD_SUPERVISOR_DOCKER_NETWORK", NETWORK,
                        "RUNYARD_SUPERVISOR_INSTANCENAME", NETWORK,
                        "RUNYARD_SUPERVISOR_DOCKER_PULLPOLICY", "never"));
        system.deployer().deploy(bundle, IMAGE);
        client = system.client();
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        if (system != null) {
            client.close();
            system.close();
            for (String supervisor : List.of(NETWORK, NETWORK + "-first", NETWORK + "-second")) {
                docker("ps", "-aq", "--filter", "label=dev.runyard.supervisor=" + supervisor)
                        .lines()
                        .toList()
                        .forEach(CheckpointIT::remove);
            }
            docker("network", "rm", "--force", NETWORK);
        }
        docker("image", "rm", "--force", IMAGE);
        proxy.close();
    }

    @Test
    void goesOnWhereItsProcessWasStored() throws Exception {
        String token = createToken();
        RunHandle<String> run = client.trigger(WaitTasks.APPROVAL, token);
        awaitStored(run);
        assertThat(run.retrieve().status()).isEqualTo(RunStatus.WAITING);

        complete(token);

        assertWentOn(run, "supervisor.log");
    }

    @Test
    void goesOnAfterItsSupervisorWasKilledMeanwhile() throws Exception {
        String token = createToken();
        RunHandle<String> run = client.trigger(WaitTasks.APPROVAL, token);
        awaitStored(run);

        system.supervisor.kill();
        system.supervisor.start();
        system.supervisor.awaitReady();
        complete(token);

        assertWentOn(run, "supervisor.log");
    }

    @Test
    void isStoredLaterWhereItCouldNotBeAtFirst() throws Exception {
        proxy.refuse("POST .*/checkpoints", "no space left on device");
        String token = createToken();
        RunHandle<String> run = client.trigger(WaitTasks.APPROVAL, token);
        Path log = system.folder().resolve("supervisor.log");
        Awaitility.await("it could not be stored twice")
                .atMost(PATIENCE)
                .until(() -> Files.readString(log).split("cannot be stored while " + run.id(), -1).length > 2);

        proxy.restore();
        awaitStored(run);
        complete(token);

        assertWentOn(run, "supervisor.log");
    }

    @Test
    void triesAgainOnceWhatWasStoredIsLost() throws Exception {
        String token = createToken();
        RunHandle<String> run = client.trigger(WaitTasks.APPROVAL, token);
        docker("checkpoint", "rm", awaitStored(run), "wait");

        complete(token);

        assertThat(run.await(PATIENCE).outputOrThrow()).contains("approved").endsWith("in attempt 2");
    }

    @Test
    void removesWhatWasStoredOfACanceledRun() throws Exception {
        RunHandle<String> run = client.trigger(WaitTasks.APPROVAL, createToken());
        awaitStored(run);

        run.cancel();

        Awaitility.await("its container is removed")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> containers(run, "name=runner").isBlank());
        assertThat(run.retrieve().status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void goesOnAtAnotherSupervisorThatSharesTheFolder() throws Exception {
        system.supervisor.kill();
        try (ServerProcess first = sharing("first");
                ServerProcess second = sharing("second")) {
            first.start();
            first.awaitReady();
            String token = createToken();
            RunHandle<String> run = client.trigger(WaitTasks.APPROVAL, token);
            RunHandle<String> unwanted = client.trigger(WaitTasks.APPROVAL, createToken());
            awaitShared(run);
            awaitShared(unwanted);

            first.kill();
            second.start();
            second.awaitReady();
            unwanted.cancel();
            complete(token);

            assertWentOn(run, "second.log");
            Awaitility.await("nothing is left of either")
                    .atMost(PATIENCE)
                    .until(() -> storedInFolder().isEmpty()
                            && containers(run, "name=runner").isBlank());
        } finally {
            system.supervisor.start();
            system.supervisor.awaitReady();
        }
    }

    /// Returns a supervisor in the place of the usual one that has nothing in common with it and with others of its
    /// kind but the shared folder and the key.
    private ServerProcess sharing(String name) {
        return system.supervisor(
                name,
                Map.of(
                        "RUNYARD_SUPERVISOR_INSTANCENAME", NETWORK + "-" + name,
                        "RUNYARD_SUPERVISOR_STATEFOLDER",
                                system.folder().resolve(name).toString(),
                        "RUNYARD_SUPERVISOR_WORKLOADTOKENKEY",
                                Base64.getEncoder().encodeToString(new byte[32]),
                        "RUNYARD_SUPERVISOR_WAITING_SHARED_FOLDER",
                                sharedFolder().toString(),
                        "RUNYARD_SUPERVISOR_WAITING_SHARED_IMAGE", "eclipse-temurin:25-jre"));
    }

    private Path sharedFolder() {
        return system.folder().resolve("stored");
    }

    /// Waits until nothing is left of a run on its machine: no container, and no sandbox.
    private void awaitShared(RunHandle<?> run) {
        Awaitility.await("the process of " + run.id() + " lies in the folder alone")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> storedInFolder().stream().anyMatch(name -> name.startsWith(run.id()))
                        && containers(run, "name=runner").isBlank()
                        && docker("ps", "-aq", "--filter", "name=" + run.id().replace("run_", "runner-"))
                                .isBlank());
    }

    /// The folder is the engine's: only root can look into what it holds.
    private List<String> storedInFolder() {
        String[] names = sharedFolder().toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    /// It goes on in the attempt in which it was stored. Only where the engine's machine is not set up as
    /// docs/operate/waiting-runs.md asks may a socket that was just closed keep it from that. It is tried
    /// again then.
    private void assertWentOn(RunHandle<String> run, String log) throws IOException {
        String output = run.await(PATIENCE).outputOrThrow();
        boolean engineFailed = Files.readString(system.folder().resolve(log))
                .lines()
                .anyMatch(line -> line.contains("cannot start a workload for " + run.id())
                        && line.contains("OCI runtime restore failed"));
        boolean mayFail = !keepsConnections();
        assertThat(output).contains("approved").endsWith(mayFail && engineFailed ? "in attempt 2" : "in attempt 1");
    }

    private static boolean keepsConnections() throws IOException {
        Path settings = Path.of("/etc/criu/runc.conf");
        return Files.exists(settings) && Files.readAllLines(settings).contains("tcp-established");
    }

    /// Returns the run's container once it is stored and has no process any more.
    private static String awaitStored(RunHandle<?> run) {
        return Awaitility.await("the process of " + run.id() + " is stored")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> containers(run, "status=exited").strip(), container -> !container.isEmpty());
    }

    private static String containers(RunHandle<?> run, String filter) throws IOException, InterruptedException {
        return docker("ps", "-aq", "--filter", "label=dev.runyard.run=" + run.id(), "--filter", filter);
    }

    /// The engine may lack CRIU, or the rights that it needs.
    private static void skipWithoutCheckpoints() throws IOException, InterruptedException {
        String container = docker(
                        "run", "--detach", "--user", "0:0", "--network", "none", "--entrypoint", "sleep", IMAGE, "600")
                .strip();
        try {
            Outcome outcome = tryDocker("checkpoint", "create", container, "probe");
            if (outcome.code() != 0) {
                String why =
                        "The engine stores no processes: " + outcome.output().strip();
                System.err.println("skipped: " + why);
                Assumptions.abort(why);
            }
        } finally {
            docker("rm", "--force", container);
        }
    }

    private String createToken() throws IOException, InterruptedException {
        String answer = post("/api/v1/waitpoints/tokens", "{\"timeout\":\"10m\"}");
        return JsonMapper.builder().build().readTree(answer).path("id").asString();
    }

    private void complete(String token) throws IOException, InterruptedException {
        post("/api/v1/waitpoints/tokens/" + token + "/complete", "{\"data\":\"approved\"}");
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(system.origin + path))
                .header("authorization", "Bearer " + system.secretKey())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static void remove(String container) {
        try {
            docker("rm", "--force", container);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Outcome(int code, String output) {}

    private static String docker(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = tryDocker(arguments);
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private static Outcome tryDocker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
