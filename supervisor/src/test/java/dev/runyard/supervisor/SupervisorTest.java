package dev.runyard.supervisor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.testing.TestSupervisor;
import dev.runyard.supervisor.track.Dependencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole supervisor with process workloads between a fake webapp and a stand-in for the runner.
final class SupervisorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private FakeWebapp webapp;
    private TestSupervisor supervisor;
    private String bundle;
    private final int port = TestSupervisor.freePort();

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
    void executesARunAndForgetsIt() {
        RunId run = webapp.enqueue(bundle, "complete");

        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.FINISHED);

        assertThat(webapp.completions(run)).singleElement().matches(Completion::ok);
        awaitNoRuns();
    }

    @Test
    void reportsACrashWithItsOutput() {
        RunId run = webapp.enqueue(bundle, "exit:3");

        TaskRunError.Internal error = awaitFailure(run);

        assertThat(error.code()).isEqualTo(InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE);
        assertThat(error.message()).contains("exit code 3");
        assertThat(error.stackTrace()).contains("behaving: exit:3");
    }

    @Test
    void reportsAnExitWithoutCompletion() {
        assertThat(awaitFailure(webapp.enqueue(bundle, "exit:0")).code())
                .isEqualTo(InternalErrorCode.TASK_EXECUTION_ABORTED);
    }

    @Test
    void reportsThatTheHeapWasTooSmall() {
        TaskRunError.Internal error = awaitFailure(webapp.enqueue(bundle, "fill-heap"));

        assertThat(error.code()).isEqualTo(InternalErrorCode.TASK_PROCESS_OOM_KILLED);
        assertThat(error.message()).contains("micro", "256 MiB");
    }

    @Test
    void reportsAnImageThatCannotRunHereAtOnce() {
        TaskRunError.Internal error = awaitFailure(webapp.enqueue("registry.example/tasks:1", "complete"));

        assertThat(error.code()).isEqualTo(InternalErrorCode.COULD_NOT_FIND_EXECUTOR);
        assertThat(error.message()).contains("registry.example/tasks:1");
    }

    @Test
    void triesTheImageOfANewRelease() {
        DeploymentId good = webapp.wantCheck(bundle);
        DeploymentId bad = webapp.wantCheck("registry.example/tasks:1");

        await().atMost(PATIENCE).until(() -> webapp.checkResult(good) != null && webapp.checkResult(bad) != null);

        assertThat(requireNonNull(webapp.checkResult(good)).passed()).isTrue();
        assertThat(requireNonNull(webapp.checkResult(bad)).passed()).isFalse();
        assertThat(requireNonNull(webapp.checkResult(bad)).reason()).contains("registry.example/tasks:1");
        await().atMost(PATIENCE)
                .until(() -> supervisor.bean(Capacity.class).usage().runs() == 0);
    }

    @Test
    void leavesACanceledRunToItsRunner() {
        RunId run = startedRun("obey-cancel");

        webapp.move(run, ExecutionStatus.PENDING_CANCEL);

        assertThat(awaitFailure(run).code()).isEqualTo(InternalErrorCode.TASK_RUN_CANCELLED);
    }

    @Test
    void stopsACanceledRunThatDoesNotEnd() {
        RunId run = startedRun("ignore-term");

        webapp.move(run, ExecutionStatus.PENDING_CANCEL);

        assertThat(awaitFailure(run).code()).isEqualTo(InternalErrorCode.TASK_RUN_CANCELLED);
        awaitNoRuns();
    }

    @Test
    void killsTheWorkloadOfARunThatTheServerEnded() {
        RunId run = startedRun("ignore-term");

        webapp.move(run, ExecutionStatus.FINISHED);

        awaitNoRuns();
        assertThat(webapp.completions(run)).isEmpty();
    }

    @Test
    void killsTheWorkloadOfARunThatCompletedAndLingers() {
        RunId run = webapp.enqueue(bundle, "complete-and-linger");

        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.FINISHED);

        awaitNoRuns();
        assertThat(webapp.completions(run)).hasSize(1);
    }

    @Test
    void replacesTheWorkloadOfARunThatWasRequeued() {
        RunId run = startedRun("sleep");

        webapp.move(run, ExecutionStatus.QUEUED);

        await().atMost(PATIENCE).until(() -> webapp.attempts(run) == 2);
        assertThat(webapp.completions(run)).isEmpty();
        await().atMost(PATIENCE)
                .until(() ->
                        supervisor.bean(Dependencies.class).registry().all().size() == 1);
        webapp.move(run, ExecutionStatus.FINISHED);
        awaitNoRuns();
    }

    @Test
    void reportsAgainUntilTheWebappHears() {
        RunId run = startedRun("sleep");
        webapp.setBroken(true);
        supervisor.bean(Dependencies.class).registry().all().forEach(tracked -> kill(tracked.runner()));
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);

        webapp.setBroken(false);

        assertThat(awaitFailure(run).code()).isEqualTo(InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE);
    }

    @Test
    void retriesAnAttemptThatTheServerQueuesAgain() {
        webapp.setAfterFailure(AttemptStatus.RETRY_QUEUED);
        RunId run = webapp.enqueue(bundle, "exit:9");

        await().atMost(PATIENCE).until(() -> webapp.attempts(run) >= 2);
        webapp.setAfterFailure(AttemptStatus.RUN_FINISHED);
        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.FINISHED);
    }

    @Test
    void startsARunOnceThatIsHandedOutTwice() {
        RunId run = webapp.enqueue(bundle, "complete");
        await().pollInterval(Duration.ofMillis(1))
                .atMost(PATIENCE)
                .until(() -> webapp.status(run) != ExecutionStatus.QUEUED);
        webapp.handOutAgain(run);

        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.FINISHED);

        awaitNoRuns();
        assertThat(webapp.attempts(run)).isEqualTo(1);
        assertThat(webapp.completions(run)).singleElement().matches(Completion::ok);
    }

    @Test
    void stopsItsWorkloadsWhereItIsToldTo() {
        supervisor.close();
        supervisor = startSupervisor("on-shutdown=stop");
        RunId run = startedRun("sleep");

        supervisor.close();

        assertThat(awaitFailure(run).code()).isEqualTo(InternalErrorCode.TASK_PROCESS_SIGTERM);
        assertThat(folder.resolve("state/workloads")).isEmptyDirectory();
    }

    @Test
    void takesOverRunningWorkloadsAfterARestart() {
        RunId completing = startedRun("obey-cancel");
        RunId dying = startedRun("sleep");
        supervisor.close();
        killAll(dying);

        supervisor = startSupervisor();

        assertThat(awaitFailure(dying).code()).isEqualTo(InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE);
        assertThat(webapp.status(completing)).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(webapp.attempts(completing)).isEqualTo(1);
        webapp.move(completing, ExecutionStatus.FINISHED);
        awaitNoRuns();
    }

    @Test
    void removesWorkloadsThatLostTheirRunWhileNobodyWatched() {
        RunId run = startedRun("sleep");
        supervisor.close();
        webapp.move(run, ExecutionStatus.FINISHED);

        supervisor = startSupervisor();

        await().atMost(PATIENCE)
                .until(() -> folder.resolve("state/workloads").toFile().list().length == 0);
        assertThat(webapp.completions(run)).isEmpty();
    }

    @Test
    void takesNoMoreRunsThanItCanCarry() {
        RunId first = startedRun("sleep");
        RunId second = startedRun("sleep");

        RunId third = webapp.enqueue(bundle, "complete");

        await().during(Duration.ofMillis(600))
                .atMost(PATIENCE)
                .until(() -> webapp.status(third) == ExecutionStatus.QUEUED);
        webapp.move(first, ExecutionStatus.FINISHED);
        await().atMost(PATIENCE).until(() -> webapp.status(third) == ExecutionStatus.FINISHED);
        webapp.move(second, ExecutionStatus.FINISHED);
        awaitNoRuns();
    }

    private TestSupervisor startSupervisor(String... settings) {
        List<String> all = new ArrayList<>(List.of("workload-manager=process", "max-concurrent-runs=2"));
        all.addAll(List.of(settings));
        return TestSupervisor.start(port, webapp, folder.resolve("state"), all.toArray(String[]::new));
    }

    private RunId startedRun(String payload) {
        RunId run = webapp.enqueue(bundle, payload);
        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.EXECUTING);
        return run;
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

    private void kill(String runner) {
        Path pid = folder.resolve("state/workloads").resolve(runner).resolve("pid");
        try {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killAll(RunId run) {
        for (String runner : folder.resolve("state/workloads").toFile().list()) {
            if (runner.contains(run.body())) {
                kill(runner);
            }
        }
    }
}
