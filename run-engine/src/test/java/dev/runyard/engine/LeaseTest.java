package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who holds a run, for how long, and what becomes of it when its holder is silent.
class LeaseTest {
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

    private int slots() {
        return harness.sql()
                .sql("select count(*) from run_state where slot_held")
                .query(Integer.class)
                .single();
    }

    @Test
    @Shows({"VI-1", "VI-4", "VI-5", "RC-7", "HB-7"})
    void keepsARunWhoseWorkerIsAlive() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        for (int beat = 0; beat < 5; beat++) {
            harness.advance(Duration.ofSeconds(45));
            assertThat(harness.engine.heartbeat(run, started.snapshotId())).isTrue();
            assertThat(harness.state(run).version()).isEqualTo(started.version());
        }
        harness.advance(harness.config().executionTimeout().plusSeconds(1));
        assertThat(harness.state(run).lastEvent()).isEqualTo(RunEvent.RECOVERED);
    }

    @Test
    @Shows({"VI-2", "VI-3"})
    void refusesTheHeartbeatOfAnUnknownOrFinishedRun() {
        assertThat(harness.engine.heartbeat(new RunId(UUID.randomUUID()), new SnapshotId(1)))
                .isFalse();
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        harness.succeed(started);
        assertThat(harness.engine.heartbeat(run, started.snapshotId())).isFalse();
        assertThat(harness.engine.heartbeat(run, harness.state(run).snapshotId()))
                .isFalse();
        harness.advance(Duration.ofHours(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    @Shows({"DQ-2", "VI-13", "FQ-5", "RW-6", "FQC-3"})
    void returnsARunAndItsSlotWhenNobodyStartsIt() {
        harness.limit("task/work", 1);
        RunId run = harness.trigger("work");
        harness.claimNext();
        assertThat(harness.claim()).isEmpty();
        harness.advance(harness.config().pendingStartTimeout().plusSeconds(1));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(slots()).isZero();
        harness.succeed(harness.startNext());
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    @Shows("VI-14")
    void touchesNothingWhileNoLeaseIsOver() {
        harness.trigger("work");
        RunState claimed = harness.claimNext();
        harness.advance(harness.config().pendingStartTimeout().minusSeconds(1));
        assertThat(harness.state(claimed.runId())).isEqualTo(claimed);
    }

    /// A look begins where the one before ended; a lease that ended before that is found all the same.
    @Test
    void findsALeaseThatShowsUpLate() {
        harness.trigger("work");
        RunState started = harness.startNext();
        harness.advance(Duration.ofSeconds(30));
        harness.sql()
                .sql("update run_state set lease_until = ? where run_id = ?")
                .param(harness.clock.instant().minusSeconds(20).atOffset(ZoneOffset.UTC))
                .param(started.runId().value())
                .update();
        harness.advance(Duration.ofMinutes(1));
        assertThat(harness.state(started.runId()).execution()).isNotEqualTo(ExecutionStatus.EXECUTING);
    }

    @Test
    @Shows({"HB-3", "AS-3"})
    void endsARunWhoseLastAttemptIsLostToo() {
        RunId run = harness.trigger("work");
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(harness.startNext().attempt()).isEqualTo(attempt);
            harness.advance(harness.config().executionTimeout().plusSeconds(1));
            harness.advance(Duration.ofSeconds(1));
        }
        RunState ended = harness.state(run);
        assertThat(ended.isFinished()).isTrue();
        assertThat(ended.status().isFailure()).isTrue();
        assertThat(ended.attempt()).isEqualTo(3);
    }

    @Test
    @Shows({"RQ-11", "RL-1", "AS-2"})
    void freesTheSlotWithTheEndOfTheAttempt() {
        harness.limit("task/work", 1);
        harness.trigger("work");
        harness.trigger("work");
        RunState first = harness.startNext();
        assertThat(slots()).isEqualTo(1);
        harness.succeed(first);
        assertThat(slots()).isZero();
        assertThat(harness.claim()).isPresent();
    }

    @Test
    @Shows("RL-2")
    void freesNoSlotThatARunNeverHad() {
        harness.limit("task/work", 1);
        harness.trigger("work");
        RunId waiting = harness.trigger("work");
        harness.startNext();
        harness.engine.cancel(harness.environment, waiting, "not wanted");
        harness.trigger("work");
        assertThat(slots()).isEqualTo(1);
        assertThat(harness.claim()).isEmpty();
    }

    @Test
    @Shows("NK-3")
    void keepsARetryOutOfTheQueueUntilItIsDue() {
        RunId run = harness.trigger("work");
        harness.fail(harness.startNext(), new TaskRunError.Text("boom"), new Completion.Retry(0, 45_000));
        assertThat(harness.state(run).notBefore())
                .isEqualTo(harness.clock.instant().plusSeconds(45));
        harness.advance(Duration.ofSeconds(44));
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofSeconds(1));
        assertThat(List.of(harness.claimNext().runId())).containsExactly(run);
    }

    @Test
    void neverRestartsASuspendedRunThatWaitsForAToken() {
        WaitSteps steps = new WaitSteps(harness);
        RunState suspended = steps.suspend(steps.waiting("work").run());
        harness.advance(Duration.ofDays(3));
        assertThat(harness.state(suspended.runId())).isEqualTo(suspended);
        assertThat(harness.claim()).isEmpty();
    }

    @Test
    @Shows("CG-3")
    void completesAWaitWithoutAskingAnybody() {
        WaitSteps steps = new WaitSteps(harness);
        WaitSteps.Waiting waiting = steps.waiting("work");
        steps.complete(waiting.token(), "7");
        harness.step();
        assertThat(harness.state(waiting.run().runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.outputTexts(waiting.run().runId())).containsExactly("7");
    }
}
