package dev.runyard.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.supervisor.testing.DockerEngine;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestImage;
import dev.runyard.supervisor.testing.TestSupervisor;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.workload.docker.DockerConnection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole supervisor with containers between a fake webapp and a stand-in for the runner.
final class SupervisorDockerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NETWORK = "runyard-test-supervisor";
    private static DockerConnection docker;

    @TempDir
    private Path folder;

    private final int port = TestSupervisor.freePort();
    private FakeWebapp webapp;
    private TestSupervisor supervisor;

    @BeforeAll
    static void buildImage(@TempDir Path folder) {
        docker = DockerEngine.require();
        TestImage.build(docker, folder);
    }

    @AfterAll
    static void removeNetwork() {
        if (docker != null) {
            docker.commands().removeNetworkCmd(NETWORK).exec();
            docker.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        webapp = new FakeWebapp();
        supervisor = startSupervisor();
    }

    @AfterEach
    void stop() {
        supervisor.close();
        webapp.close();
    }

    @Test
    void executesARunInAContainerAndRemovesIt() {
        RunId run = webapp.enqueue(TestImage.NAME, "complete");

        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.FINISHED);

        assertThat(webapp.completions(run)).singleElement().matches(Completion::ok);
        awaitNoRuns();
        assertThat(docker.commands().listContainersCmd().withShowAll(true).exec())
                .noneMatch(container -> container.getLabels().containsValue(run.toString()));
        assertThat(webapp.bodies()).anyMatch(body -> body.contains("\"workloadManager\":\"docker\""));
    }

    @Test
    void reportsAContainerThatExceededItsMemory() {
        RunId run = webapp.enqueue(TestImage.NAME, "fill-container");

        TaskRunError.Internal error = awaitFailure(run);

        assertThat(error.code()).isEqualTo(InternalErrorCode.TASK_PROCESS_OOM_KILLED);
    }

    @Test
    void reportsAContainerThatWasRemovedByHand() {
        RunId run = startedRun("sleep");

        docker.commands().removeContainerCmd(runner()).withForce(true).exec();

        assertThat(awaitFailure(run).code()).isEqualTo(InternalErrorCode.TASK_RUN_CRASHED);
        assertThat(webapp.completions(run).getFirst().retry()).isNotNull();
    }

    @Test
    void reportsAnImageThatDoesNotExistAtOnce() {
        TaskRunError.Internal error = awaitFailure(webapp.enqueue("runyard-test-does-not-exist:1", "complete"));

        assertThat(error.code()).isEqualTo(InternalErrorCode.COULD_NOT_FIND_EXECUTOR);
        assertThat(error.message()).contains("runyard-test-does-not-exist:1");
    }

    @Test
    void stopsACanceledContainerThatDoesNotEnd() {
        RunId run = startedRun("ignore-term");

        webapp.move(run, ExecutionStatus.PENDING_CANCEL);

        assertThat(awaitFailure(run).code()).isEqualTo(InternalErrorCode.TASK_RUN_CANCELLED);
        awaitNoRuns();
    }

    @Test
    void takesOverRunningContainersAfterARestart() {
        RunId run = startedRun("obey-cancel");
        supervisor.close();

        supervisor = startSupervisor();

        await().atMost(PATIENCE)
                .until(() ->
                        supervisor.bean(Dependencies.class).registry().all().size() == 1);
        assertThat(webapp.attempts(run)).isEqualTo(1);
        webapp.move(run, ExecutionStatus.PENDING_CANCEL);
        assertThat(awaitFailure(run).code()).isEqualTo(InternalErrorCode.TASK_RUN_CANCELLED);
        awaitNoRuns();
    }

    private TestSupervisor startSupervisor() {
        return TestSupervisor.start(
                port,
                webapp,
                folder.resolve("state"),
                "workload-manager=docker",
                "docker.network=" + NETWORK,
                "docker.pull-policy=never");
    }

    private RunId startedRun(String payload) {
        RunId run = webapp.enqueue(TestImage.NAME, payload);
        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.EXECUTING);
        return run;
    }

    private String runner() {
        return supervisor.bean(Dependencies.class).registry().all().getFirst().runner();
    }

    private TaskRunError.Internal awaitFailure(RunId run) {
        await().atMost(PATIENCE).until(() -> webapp.completion(run) != null);
        assertThat(webapp.completions(run)).hasSize(1);
        return assertInstanceOf(
                TaskRunError.Internal.class, webapp.completions(run).getFirst().error());
    }

    private void awaitNoRuns() {
        await().atMost(PATIENCE)
                .until(() ->
                        supervisor.bean(Dependencies.class).registry().all().isEmpty());
    }
}
