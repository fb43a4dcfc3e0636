package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.redis.RedisLink;
import dev.runyard.engine.queue.redis.RedisRunQueue;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.store.Rows;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs whose process lives and waits only for a slot, the same whether Redis is there or away.
@ParameterizedClass
@EnumSource(RunQueueTest.Source.class)
class ResumeLaneTest {
    private final RunQueueTest.Source source;
    private TestRedis redis;
    private EngineHarness harness;

    ResumeLaneTest(RunQueueTest.Source source) {
        this.source = source;
    }

    @BeforeEach
    void start() {
        redis = source == RunQueueTest.Source.REDIS ? TestRedis.shared() : TestRedis.start();
        harness = EngineHarness.create(redis.uri());
        harness.controlPlane.deploy(harness.environment, task("work"), task("other"));
        if (source == RunQueueTest.Source.DATABASE) {
            redis.kill();
        }
    }

    @AfterEach
    void stop() {
        harness.close();
        if (source == RunQueueTest.Source.DATABASE) {
            redis.close();
        }
    }

    @Test
    void admitsARunWhoseSlotIsFree() {
        harness.trigger("work");
        RunState waiting = waitAndResume(harness.startNext());
        harness.step();
        RunState admitted = harness.state(waiting.runId());
        assertThat(admitted.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(admitted.lastEvent()).isEqualTo(RunEvent.ADMITTED);
        assertThat(admitted.slotHeld()).isTrue();
        assertThat(admitted.version()).isEqualTo(waiting.version() + 1);
        harness.succeed(admitted);
        assertThat(harness.state(waiting.runId()).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    @Shows({"RQ-11", "RL-1"})
    void letsANewRunUseTheSlotOfOneThatWaits() {
        harness.limit("task/work", 1);
        harness.trigger("work");
        RunId second = harness.trigger("work");
        RunState first = waitFor(harness.startNext());
        RunState started = harness.startNext();
        assertThat(started.runId()).isEqualTo(second);
        resume(first);
        harness.step();
        assertThat(harness.state(first.runId()).execution()).isEqualTo(ExecutionStatus.QUEUED_EXECUTING);
        harness.succeed(started);
        harness.step();
        assertThat(harness.state(first.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
    }

    @Test
    void admitsARunThatHasAWorkerBeforeOneThatHasNone() {
        harness.limit("task/work", 1);
        harness.trigger("work");
        harness.trigger("work");
        RunState waiting = waitFor(harness.startNext());
        RunState second = harness.startNext();
        RunId third = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .priorityMs(600_000)
                .build());
        resume(waiting);
        harness.succeed(second);
        assertThat(harness.claim()).as("a worker asks before the engine looks").isEmpty();
        RunState resumed = harness.state(waiting.runId());
        assertThat(resumed.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        harness.succeed(resumed);
        assertThat(harness.claimNext().runId()).isEqualTo(third);
    }

    @Test
    void handsOutOtherRunsInTheCallThatAdmits() {
        harness.limit("task/work", 1);
        harness.trigger("work");
        RunState waiting = waitAndResume(harness.startNext());
        RunId other = harness.trigger("other");
        assertThat(harness.claimNext().runId()).isEqualTo(other);
        assertThat(harness.state(waiting.runId()).slotHeld()).isTrue();
    }

    @Test
    void sharesTheLimitsOfRunsThatStart() {
        harness.limit("task/work", 2);
        List<RunState> waiting = List.of(startAndWait(), startAndWait(), startAndWait());
        waiting.forEach(this::resume);
        harness.step();
        assertThat(slots()).isEqualTo(2);
        harness.trigger("work");
        assertThat(harness.claim(5)).isEmpty();
        harness.succeed(harness.state(waiting.get(0).runId()));
        harness.step();
        assertThat(harness.state(waiting.get(2).runId()).slotHeld()).isTrue();
        assertThat(harness.claim(5)).isEmpty();
    }

    @Test
    void admitsInTheOrderOfTheirPlaces() {
        RunState first = startAndWait();
        RunState second = startAndWait();
        harness.limit("task/work", 1);
        resume(second);
        resume(first);
        harness.step();
        assertThat(harness.state(first.runId()).slotHeld()).isTrue();
        assertThat(harness.state(second.runId()).slotHeld()).isFalse();
    }

    @Test
    void forgetsARunThatIsCanceledBeforeItIsAdmitted() {
        harness.controlPlane.change(harness.environment, 1, false);
        harness.engine.refreshLimits(harness.environment);
        harness.trigger("other");
        RunState waiting = waitFor(harness.startNext());
        harness.trigger("other");
        RunState second = harness.startNext();
        resume(waiting);
        finishBySql(waiting);
        harness.succeed(second);
        harness.step();
        harness.trigger("other");
        assertThat(harness.claim()).isPresent();
        assertThat(slots()).isEqualTo(1);
    }

    @Test
    void losesNoRunWhenItsAdmissionCrashes() {
        harness.limit("task/work", 1);
        harness.trigger("work");
        RunState waiting = waitAndResume(harness.startNext());
        AtomicBoolean once = new AtomicBoolean();
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.CLAIMED_IN_REDIS && !once.getAndSet(true)) {
                throw new IllegalStateException("the process dies");
            }
        });
        try {
            harness.step();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the process dies");
        }
        harness.restart();
        harness.advance(harness.config().claimLease().plusSeconds(1));
        harness.step();
        assertThat(harness.state(waiting.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        harness.succeed(harness.state(waiting.runId()));
        harness.trigger("work");
        assertThat(harness.claim()).isPresent();
    }

    @Test
    void survivesTheLossOfRedis() {
        harness.limit("task/work", 1);
        harness.trigger("work");
        harness.trigger("work");
        RunState waiting = waitFor(harness.startNext());
        RunState second = harness.startNext();
        resume(waiting);
        harness.part(EpochRepository.class).change("lost", null, harness.clock.instant());
        harness.part(RedisLink.class).distrust();
        harness.step();
        assertThat(harness.state(waiting.runId()).execution()).isEqualTo(ExecutionStatus.QUEUED_EXECUTING);
        harness.succeed(second);
        harness.step();
        assertThat(harness.state(waiting.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        harness.trigger("work");
        assertThat(harness.claim()).isEmpty();
    }

    @Test
    void doesNotCountTheWaitAsExecution() {
        harness.trigger(TriggerCommand.of(harness.environment, "work")
                .maxDurationSeconds(300)
                .build());
        RunState waiting = waitFor(harness.startNext());
        harness.clock.advance(Duration.ofSeconds(30));
        resume(waiting);
        harness.step();
        RunState admitted = harness.state(waiting.runId());
        assertThat(admitted.attemptStartedAt()).isEqualTo(harness.clock.instant());
        assertThat(admitted.waitingSince()).isNull();
        assertThat(harness.sql()
                        .sql("select due_at - ?::timestamptz = interval '310 s' from timer where kind = 'MAX_DURATION'")
                        .param(Rows.timestamp(harness.clock.instant()))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private RunState startAndWait() {
        harness.clock.advance(Duration.ofMillis(1));
        harness.trigger("work");
        return waitFor(
                harness.claim().map(ClaimedRun::state).map(harness::start).orElseThrow());
    }

    private RunState waitAndResume(RunState started) {
        return resume(waitFor(started));
    }

    private RunState waitFor(RunState started) {
        return move(started, ExecutionStatus.EXECUTING_WITH_WAITPOINTS, 1);
    }

    private RunState resume(RunState waiting) {
        return move(waiting, ExecutionStatus.QUEUED_EXECUTING, 0);
    }

    /// Does what the package of waitpoints does around the lane.
    private RunState move(RunState state, ExecutionStatus to, int waits) {
        harness.sql()
                .sql("""
                        with moved as (
                            update run_state
                            set execution = :to, slot_held = false, version = version + 1, pending_waits = :waits,
                                waiting_since = coalesce(waiting_since, :at)
                            where run_id = :run
                            returning *
                        )
                        insert into run_transition (run_id, version, event, execution, status, attempt, at)
                        select run_id, version, 'RESUMED', execution, status, attempt, :at from moved
                        """)
                .param("to", to.name())
                .param("waits", waits)
                .param("run", state.runId().value())
                .param("at", Rows.timestamp(harness.clock.instant()))
                .update();
        RunState after = harness.state(state.runId());
        project(after);
        return after;
    }

    private void finishBySql(RunState state) {
        harness.sql()
                .sql("""
                        update run_state
                        set execution = 'FINISHED', status = 'CANCELED', version = version + 1, completed_at = :at,
                            lease_until = null, slot_held = false
                        where run_id = :run
                        """)
                .param("run", state.runId().value())
                .param("at", Rows.timestamp(harness.clock.instant()))
                .update();
        project(harness.state(state.runId()));
    }

    private void project(RunState after) {
        RedisRunQueue queue = harness.part(RedisRunQueue.class);
        List<QueueEntry> entries = List.of(QueueEntry.of(after));
        try {
            if (after.isReady()) {
                queue.publish(entries);
            } else {
                queue.release(entries);
            }
        } catch (QueueUnavailableException e) {
            assertThat(source).isEqualTo(RunQueueTest.Source.DATABASE);
        }
    }

    private int slots() {
        return harness.sql()
                .sql("select count(*) from run_state where slot_held")
                .query(Integer.class)
                .single();
    }
}
