package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.read.TransitionView;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The steps of a run as workers read them.
class SnapshotReadTest {
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private List<RunEvent> since(RunId run, int version) {
        return harness.engine.queries().transitionsSince(run, new SnapshotId(version)).stream()
                .map(TransitionView::event)
                .toList();
    }

    @Test
    @Shows({"SS-1", "SS-2", "LR-1", "LR-2", "LR-5"})
    void tellsWhatHappenedSinceAVersion() {
        RunId run = harness.trigger("work");
        assertThat(since(run, 1)).isEmpty();
        RunState started = harness.startNext();
        assertThat(since(run, 1)).containsExactly(RunEvent.CLAIMED, RunEvent.ATTEMPT_STARTED);
        assertThat(harness.state(run)).isEqualTo(started);
        assertThat(since(run, started.version())).isEmpty();
        harness.succeed(started);
        assertThat(since(run, 2)).containsExactly(RunEvent.ATTEMPT_STARTED, RunEvent.SUCCEEDED);
    }

    @Test
    void knowsNothingOfAnotherRun() {
        assertThat(harness.engine.state(new RunId(UUID.randomUUID()))).isEmpty();
        assertThat(since(new RunId(UUID.randomUUID()), 0)).isEmpty();
        RunId first = harness.trigger("work");
        RunId second = harness.trigger("work");
        harness.startNext();
        assertThat(harness.engine.queries().eventOf(first, 3)).contains(RunEvent.ATTEMPT_STARTED);
        assertThat(harness.engine.queries().eventOf(second, 3))
                .as("a version is one of its own run only")
                .isEmpty();
    }

    @Test
    @Shows({"SC-1"})
    void writesOneStepForATrigger() {
        RunId run = harness.trigger("work");
        assertThat(since(run, 0)).containsExactly(RunEvent.TRIGGERED);
        assertThat(harness.claim(5))
                .extracting(claimed -> claimed.state().runId())
                .containsExactly(run);
    }

    @Test
    @Shows({"SC-3", "DL-7", "DL-12"})
    void writesAStepOfItsOwnForTheEndOfADelay() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .delayUntil(harness.clock.instant().plus(Duration.ofDays(200)))
                .build());
        assertThat(since(run, 0)).containsExactly(RunEvent.TRIGGERED_WITH_DELAY);
        harness.restart();
        harness.advance(Duration.ofDays(200));
        assertThat(since(run, 0)).containsExactly(RunEvent.TRIGGERED_WITH_DELAY, RunEvent.DELAY_ENDED);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
    }

    @Test
    @Shows("SC-2")
    void stampsEachStepWithTheTimeOfItsWriting() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .priorityMs(60_000)
                .build());
        TransitionView first = harness.engine
                .queries()
                .transitionsSince(run, new SnapshotId(0))
                .getFirst();
        assertThat(first.at()).isEqualTo(harness.clock.instant());
        assertThat(harness.state(run).score())
                .isEqualTo(harness.clock.instant().minusSeconds(60).toEpochMilli());
    }

    @Test
    @Shows({"RR-9", "RR-10"})
    void refusesARunInAnEnvironmentThatIsGone() {
        EnvironmentId gone = new EnvironmentId(UUID.randomUUID());
        assertThat(harness.engine.trigger(TriggerCommand.of(gone, "work").build()))
                .isInstanceOf(TriggerOutcome.Rejected.class);
        harness.controlPlane.remove(harness.environment);
        assertThat(harness.engine.trigger(
                        TriggerCommand.of(harness.environment, "work").build()))
                .isInstanceOf(TriggerOutcome.Rejected.class);
        assertThat(harness.sql()
                        .sql("select count(*) from run")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @Shows("SH-1")
    void closesAsOftenAsItIsAsked() {
        harness.engine.close();
        harness.engine.close();
    }
}
