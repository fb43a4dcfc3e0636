package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.TaskBundle;
import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.e2e.tasks.ProbeTasks;
import dev.runyard.e2e.tasks.WaitTasks;
import dev.runyard.sdk.client.Run;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.testkit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The main job with each run in a container of its own, and what bad tasks do there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerIT {
    private static final Logger LOG = LoggerFactory.getLogger(DockerIT.class);
    private static final String IMAGE = "runyard-e2e-probes:test";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private WholeSystem system;
    private Runyard client;
    private Path bundle;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Requirement.DOCKER.check();
        Path folder = Path.of("target", "docker", String.valueOf(System.nanoTime()));
        system = WholeSystem.start(
                folder,
                "docker",
                Map.of(
                        "RUNYARD_SUPERVISOR_TIMING_STOPGRACE", "3s",
                        "RUNYARD_SUPERVISOR_WAITING_TIER", "freeze",
                        "RUNYARD_SUPERVISOR_WAITING_THRESHOLD", "500ms",
                        "RUNYARD_SUPERVISOR_DOCKER_NETWORK", "runyard-e2e",
                        "RUNYARD_SUPERVISOR_DOCKER_PULLPOLICY", "never"));
        bundle = TaskBundle.write(system.folder().resolve("bundle"));
        Path dockerfile =
                Path.of("..", "examples", "Dockerfile").toAbsolutePath().normalize();
        docker("build", "--quiet", "--tag", IMAGE, "--file", dockerfile.toString(), bundle.toString());
        system.deployer().deploy(bundle, IMAGE);
        client = system.client();
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        if (system == null) {
            return;
        }
        client.close();
        system.close();
        docker("image", "rm", "--force", IMAGE);
        docker("network", "rm", "--force", "runyard-e2e");
    }

    @Test
    @Order(1)
    void runsATaskInAContainer() {
        RunResult<Long> result = client.trigger(ProbeTasks.PROBE, new ProbeTasks.Probe("/tmp/witness", 5))
                .await(PATIENCE);
        assertThat(result).isInstanceOf(RunResult.Completed.class);
    }

    @Test
    @Order(2)
    void retriesInAContainer() {
        RunResult<Integer> result = client.trigger(ProbeTasks.FLAKY, 2).await(PATIENCE);
        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Completed.class,
                        completed -> assertThat(completed.output()).isEqualTo(2));
    }

    @Test
    @Order(3)
    void reportsAContainerThatRunsOutOfMemory() {
        Run run = end(client.trigger(ProbeTasks.HOARDS, 2_000));
        assertThat(run.status()).isEqualTo(RunStatus.CRASHED);
        assertThat(String.valueOf(run.error())).containsIgnoringCase("memory");
    }

    @Test
    @Order(3)
    void reportsAContainerThatTheSystemKillsForItsMemory() throws IOException, InterruptedException {
        Run run = end(client.trigger(ProbeTasks.SWELLS, 2_000));
        assertThat(run.status()).isEqualTo(RunStatus.CRASHED);
        assertThat(String.valueOf(run.error())).contains("ran out of memory");
        Instant now = Instant.now();
        String[] died = docker(
                        "events",
                        "--since",
                        "10m",
                        "--until",
                        now.getEpochSecond() + "." + "%09d".formatted(now.getNano()),
                        "--filter",
                        "event=die",
                        "--filter",
                        "label=dev.runyard.run=" + run.id(),
                        "--format",
                        "{{.Actor.Attributes.exitCode}} {{.TimeNano}}")
                .strip()
                .split(" ");
        assertThat(died[0]).as("exit code of a process that was killed").isEqualTo("137");
        long endedAt = Objects.requireNonNull(run.finishedAt()).toEpochMilli();
        LOG.info(
                "the run's error stood {} ms after its container's end", endedAt - Long.parseLong(died[1]) / 1_000_000);
    }

    @Test
    @Order(4)
    void reportsAContainerThatExits() {
        Run run = end(client.trigger(ProbeTasks.EXITS, 7));
        assertThat(run.status()).isEqualTo(RunStatus.CRASHED);
        assertThat(String.valueOf(run.error())).contains("exit code 7");
    }

    @Test
    @Order(5)
    void holdsAForkBombAtItsLimit() {
        Run run = end(client.trigger(ProbeTasks.FORKS, 5_000));
        assertThat(run.isFinal()).isTrue();
        assertThat(run.status()).isNotEqualTo(RunStatus.COMPLETED);
    }

    @Test
    @Order(6)
    void killsAContainerThatIgnoresItsCancellation() {
        RunHandle<Integer> handle = client.trigger(ProbeTasks.STUBBORN, 600_000L);
        awaitStatus(handle, RunStatus.EXECUTING);
        handle.cancel();
        awaitStatus(handle, RunStatus.CANCELED);
        Awaitility.await("its container is removed")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> docker("ps", "-aq", "--filter", "label=dev.runyard.run=" + handle.id())
                        .isBlank());
    }

    @Test
    @Order(7)
    void freezesAContainerWhileItsRunWaits() {
        RunHandle<Long> handle = client.trigger(WaitTasks.REST, 6_000L);
        Awaitility.await("its container is frozen")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !docker(
                                "ps",
                                "-q",
                                "--filter",
                                "status=paused",
                                "--filter",
                                "label=dev.runyard.run=" + handle.id())
                        .isBlank());

        RunResult<Long> result = handle.await(PATIENCE);

        assertThat(result).isInstanceOf(RunResult.Completed.class);
        assertThat(handle.retrieve().attemptCount()).isEqualTo(1);
    }

    @Test
    @Order(8)
    void saysThatAnImageDoesNotExist() {
        system.deployer().deploy(bundle, "runyard-e2e-nothing:here");
        Run run = end(client.trigger(ProbeTasks.FLAKY, 1));
        assertThat(run.status()).isEqualTo(RunStatus.SYSTEM_FAILURE);
        assertThat(String.valueOf(run.error())).contains("runyard-e2e-nothing:here");
    }

    private Run end(RunHandle<?> handle) {
        return client.runs().await(handle.id(), PATIENCE);
    }

    private static void awaitStatus(RunHandle<?> handle, RunStatus status) {
        Awaitility.await(handle.id() + " is " + status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> handle.retrieve().status() == status);
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
