package dev.runyard.supervisor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.supervisor.drain.Drain;
import dev.runyard.supervisor.drain.Drain.Progress;
import dev.runyard.supervisor.drain.Drain.State;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.testing.TestSupervisor;
import dev.runyard.supervisor.track.StoredRuns;
import dev.runyard.supervisor.warm.WarmPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A supervisor whose machine is to be taken away.
final class DrainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Progress DONE = new Progress(State.ON, 0, 0);
    private static final String NAME = "leaving";

    @TempDir
    private Path folder;

    private final int port = TestSupervisor.freePort();
    private FakeWebapp webapp;
    private TestSupervisor supervisor;
    private String bundle;

    @BeforeEach
    void start() throws IOException {
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
    void takesNoNewRunAndServesThoseItHasUntilItIsResumed() throws IOException {
        RunId old = startedRun();
        drain();
        RunId waiting = webapp.enqueue(bundle, "complete");
        assertThat(progress()).isEqualTo(new Progress(State.ON, 1, 0));
        assertThat(gauge()).isEqualTo(1);

        webapp.move(old, ExecutionStatus.PENDING_CANCEL);
        await().atMost(PATIENCE).until(() -> progress().equals(DONE));
        assertThat(webapp.completions(old)).hasSize(1);
        assertThat(webapp.status(waiting)).isEqualTo(ExecutionStatus.QUEUED);

        resume();
        await().atMost(PATIENCE).until(() -> webapp.status(waiting) == ExecutionStatus.FINISHED);
        assertThat(progress().state()).isEqualTo(State.OFF);
        assertThat(gauge()).isZero();
    }

    @Test
    void startsWhatACallForWorkBringsThatWasInFlight() throws IOException {
        supervisor.close();
        int before = webapp.calls("dequeue");
        supervisor = startSupervisor("timing.dequeue-timeout=60s");
        await().atMost(PATIENCE).until(() -> webapp.calls("dequeue") > before);
        mark();
        await().atMost(PATIENCE).until(() -> progress().state() == State.BEGINNING);

        RunId brought = webapp.enqueue(bundle, "complete");

        await().atMost(PATIENCE).until(() -> webapp.status(brought) == ExecutionStatus.FINISHED);
        await().atMost(PATIENCE).until(() -> progress().equals(DONE));
        assertThat(webapp.completions(brought)).singleElement().matches(Completion::ok);
    }

    @Test
    void staysDrainedWhenItIsStartedAgainAndGoesOnWithItsRuns() throws IOException {
        RunId old = startedRun();
        drain();
        supervisor.close();
        int asked = webapp.calls("dequeue");
        RunId waiting = webapp.enqueue(bundle, "complete");

        supervisor = startSupervisor();

        await().atMost(PATIENCE).until(() -> progress().equals(new Progress(State.ON, 1, 0)));
        webapp.move(old, ExecutionStatus.PENDING_CANCEL);
        await().atMost(PATIENCE).until(() -> progress().equals(DONE));
        assertThat(webapp.attempts(old)).isEqualTo(1);
        assertThat(webapp.status(waiting)).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(webapp.calls("dequeue")).as("never asked").isEqualTo(asked);
    }

    @Test
    void endsWorkloadsThatWaitForMoreRuns() throws IOException {
        supervisor.close();
        supervisor = startSupervisor("warm.idle=60s", "timing.moved-on-grace=60s");
        RunId first = webapp.enqueue(bundle, "complete");
        await().atMost(PATIENCE).until(() -> supervisor.bean(WarmPool.class).size() == 1);
        assertThat(webapp.status(first)).isEqualTo(ExecutionStatus.FINISHED);
        RunId other = startedRun();

        drain();

        assertThat(supervisor.bean(WarmPool.class).size()).isZero();
        webapp.move(other, ExecutionStatus.PENDING_CANCEL);
        await().atMost(PATIENCE).until(() -> progress().equals(DONE));
        assertThat(folder.resolve("state/workloads")).isEmptyDirectory();
    }

    @Test
    void fetchesWhatItHasStoredAndLeavesOtherRunsToOthers() throws IOException {
        webapp.setAfterFailure(AttemptStatus.RETRY_QUEUED);
        drain();
        RunId other = webapp.enqueue(bundle, "complete");
        RunId stored = stored();

        supervisor.bean(StoredRuns.class).keep(stored, "runner-1");

        // Processes cannot be restored, so that it ends here is what shows that it was fetched.
        await().atMost(PATIENCE)
                .until(() -> webapp.calls("continue") == 1 && progress().equals(DONE));
        assertThat(summaries(other)).hasSize(1).first().asString().contains("drained");
        assertThat(summaries(stored)).singleElement().asString().contains("no longer stores processes");
        assertThat(webapp.status(other)).isEqualTo(ExecutionStatus.QUEUED);
    }

    @Test
    void startsARunThatNobodyElseTakesWhileAStoredOneIsDue() throws IOException {
        webapp.setAfterFailure(AttemptStatus.RETRY_QUEUED);
        drain();
        RunId stored = stored();
        webapp.block(stored);
        supervisor.bean(StoredRuns.class).keep(stored, "runner-1");

        RunId other = webapp.enqueue(bundle, "complete");

        await().atMost(PATIENCE).until(() -> webapp.status(other) == ExecutionStatus.FINISHED);
        assertThat(webapp.completions(other)).hasSize(5);
        assertThat(summaries(other))
                .hasSize(4)
                .allSatisfy(summary -> assertThat(summary).contains("drained"));
        assertThat(progress().stored()).isEqualTo(1);
    }

    private RunId stored() {
        return webapp.enqueueStored(bundle, NAME + "/runner-1/" + new SnapshotId(1));
    }

    private List<String> summaries(RunId run) {
        return webapp.completions(run).stream()
                .filter(completion -> !completion.ok())
                .map(completion -> requireNonNull(completion.error()).summary())
                .toList();
    }

    private RunId startedRun() {
        RunId run = webapp.enqueue(bundle, "obey-cancel");
        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.EXECUTING);
        return run;
    }

    private void drain() throws IOException {
        mark();
        await().atMost(PATIENCE).until(() -> progress().state() == State.ON);
    }

    private void mark() throws IOException {
        Files.writeString(folder.resolve("state/drained"), "");
    }

    private void resume() throws IOException {
        Files.delete(folder.resolve("state/drained"));
    }

    private Progress progress() {
        return supervisor.bean(Drain.class).progress();
    }

    private double gauge() {
        return supervisor
                .bean(MeterRegistry.class)
                .get("runyard.supervisor.drained")
                .gauge()
                .value();
    }

    private TestSupervisor startSupervisor(String... settings) {
        List<String> all =
                new ArrayList<>(List.of("workload-manager=process", "max-concurrent-runs=3", "instance-name=" + NAME));
        all.addAll(List.of(settings));
        return TestSupervisor.start(port, webapp, folder.resolve("state"), all.toArray(String[]::new));
    }
}
