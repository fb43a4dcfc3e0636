package dev.runyard.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.testing.TestSupervisor;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.warm.WarmPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workloads that execute more than one run.
final class WarmStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final int port = TestSupervisor.freePort();
    private FakeWebapp webapp;
    private TestSupervisor supervisor;
    private String bundle;

    /// On a slow machine even a warm workload may take long.
    private String pickup = "30s";

    @BeforeEach
    void start() throws Exception {
        webapp = new FakeWebapp();
        bundle = TestBundle.in(folder.resolve("bundle"));
        supervisor = startSupervisor();
    }

    @AfterEach
    void stop() {
        supervisor.close();
        webapp.close();
    }

    @Test
    void givesTheNextRunOfTheSameVersionToTheSameProcess() {
        finish(bundle, "complete");
        String first = onlyWorkload();

        RunId second = finish(bundle, "complete");

        assertThat(onlyWorkload()).isEqualTo(first);
        assertThat(webapp.completions(second)).hasSize(1);
        assertThat(warmStarts()).isEqualTo(1);
        assertThat(supervisor.bean(Capacity.class).usage().runs())
                .as("who waits holds no share")
                .isZero();
    }

    @Test
    void startsAnotherVersionOrMachineAnew() throws Exception {
        finish(bundle, "complete");

        finish(TestBundle.in(folder.resolve("other")), "complete");
        RunId larger = webapp.enqueue(bundle, "complete", MachinePreset.SMALL_1X);
        await().atMost(PATIENCE).until(() -> webapp.status(larger) == ExecutionStatus.FINISHED);

        assertThat(warmStarts()).isZero();
    }

    @Test
    void keepsNoMoreThanThePoolHolds() throws Exception {
        finish(bundle, "complete");
        finish(TestBundle.in(folder.resolve("second")), "complete");
        finishOnly(TestBundle.in(folder.resolve("third")), "complete");

        await().atMost(PATIENCE).until(() -> workloads().size() == 2);
        assertThat(supervisor.bean(WarmPool.class).size()).isEqualTo(2);
    }

    @Test
    void takesOverARunThatItsWorkloadGotLater() {
        finish(bundle, "complete");
        RunId second = webapp.enqueue(bundle, "obey-cancel");
        await().atMost(PATIENCE).until(() -> webapp.status(second) == ExecutionStatus.EXECUTING);
        supervisor.close();

        supervisor = startSupervisor();

        await().atMost(PATIENCE)
                .until(() ->
                        supervisor.bean(Dependencies.class).registry().all().size() == 1);
        assertThat(webapp.attempts(second)).isEqualTo(1);
        webapp.move(second, ExecutionStatus.PENDING_CANCEL);
        await().atMost(PATIENCE).until(() -> !webapp.completions(second).isEmpty());
    }

    @Test
    void reportsTheCrashOfARunThatItsWorkloadGotLater() {
        finish(bundle, "complete");

        RunId second = webapp.enqueue(bundle, "exit:3");

        await().atMost(PATIENCE).until(() -> webapp.completion(second) != null);
        assertThat(webapp.completions(second)).singleElement().matches(completion -> !completion.ok());
        await().atMost(PATIENCE).until(() -> workloads().isEmpty());
    }

    @Test
    void startsARunAnewThatItsWorkloadDoesNotBegin() throws Exception {
        supervisor.close();
        pickup = "1s";
        supervisor = startSupervisor();
        finish(bundle, "complete");
        String stuck = onlyWorkload();
        signal(stuck, "-STOP");

        RunId second = finish(bundle, "complete");

        assertThat(webapp.attempts(second)).isEqualTo(1);
        assertThat(workloads()).doesNotContain(stuck);
    }

    @Test
    void givesNoRunToACallerWithoutTheTokenOfItsWorkload() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(supervisor.url() + "/api/v1/warm/warm-start"))
                                .header("x-trigger-workload-deployment-id", "wlt_forged_token")
                                .header("x-trigger-workload-runner-id", "runner-1")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    /// Executes a run and waits until its workload waits for another one.
    private RunId finish(String image, String payload) {
        int waiting = supervisor.bean(WarmPool.class).size();
        RunId run = finishOnly(image, payload);
        await().atMost(PATIENCE).until(() -> supervisor.bean(WarmPool.class).size() >= Math.max(1, waiting));
        return run;
    }

    private RunId finishOnly(String image, String payload) {
        RunId run = webapp.enqueue(image, payload);
        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.FINISHED);
        return run;
    }

    private String onlyWorkload() {
        assertThat(workloads()).hasSize(1);
        return workloads().getFirst();
    }

    private List<String> workloads() {
        File root = folder.resolve("state/workloads").toFile();
        return List.of(Objects.requireNonNull(root.list()));
    }

    private double warmStarts() {
        return supervisor
                .bean(MeterRegistry.class)
                .counter("runyard.supervisor.runs.started.warm")
                .count();
    }

    private void signal(String runner, String signal) throws Exception {
        String pid = Files.readString(
                        folder.resolve("state/workloads").resolve(runner).resolve("pid"))
                .strip();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().descendants().forEach(child -> run(signal, child.pid()));
        run(signal, Long.parseLong(pid));
    }

    private static void run(String signal, long pid) {
        try {
            assertThat(new ProcessBuilder("kill", signal, String.valueOf(pid))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestSupervisor startSupervisor() {
        return TestSupervisor.start(
                port,
                webapp,
                folder.resolve("state"),
                "workload-manager=process",
                "max-concurrent-runs=10",
                "warm.idle=60s",
                "warm.pool-size=2",
                "warm.pickup=" + pickup,
                // A slow machine must not end a workload before it can ask for more.
                "timing.moved-on-grace=60s");
    }
}
