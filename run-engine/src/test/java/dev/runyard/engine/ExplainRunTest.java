package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.explain.Explanation;
import dev.runyard.engine.explain.Gate;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainRunTest {
    private static final TaskRunError BOOM =
            new TaskRunError.BuiltIn("java.lang.IllegalStateException", "boom", "at …");

    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"), task("other"));
        harness.claim();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void saysNothingOfARunThatDoesNotExist() {
        assertThat(harness.engine.queues().explain(new RunId(new UUID(1, 2)))).isEmpty();
    }

    @Test
    void saysWhenARunEndedOrExecutes() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        assertThat(explain(run))
                .isEqualTo(new Explanation.Executing(
                        ExecutionStatus.EXECUTING, EngineHarness.WORKER, started.leaseUntil()));
        harness.succeed(started);
        assertThat(explain(run)).isEqualTo(new Explanation.Ended(RunStatus.COMPLETED_SUCCESSFULLY));
    }

    @Test
    void saysThatARunIsNext() {
        RunId run = harness.trigger("work");
        assertThat(explain(run)).isEqualTo(new Explanation.Held(List.of(), new Explanation.Position(0, 0), null));
    }

    @Test
    void namesTheKeyThatIsFullAndWhoFillsIt() {
        harness.limit("task/work", 1);
        RunId holder = triggerWithKey("work", "a");
        triggerWithKey("work", "b");
        harness.claim(2);
        triggerWithKey("work", "a");
        triggerWithKey("work", "b");
        RunId run = triggerWithKey("work", "a");
        Explanation.Held held = held(run);
        assertThat(held.gates())
                .containsExactly(new Gate.KeyFull("task/work", "a", new Gate.Slots(1, 1, List.of(holder))));
        assertThat(held.position()).isEqualTo(new Explanation.Position(1, 2));
    }

    @Test
    void namesTheQueueAndTheEnvironmentThatAreFull() {
        harness.controlPlane.change(harness.environment, 2, false);
        harness.engine.refreshLimits(harness.environment);
        harness.engine.queues().limitCombined(harness.environment, "task/work", 1);
        RunId first = triggerWithKey("work", "a");
        RunId second = harness.trigger("other");
        harness.claim(2);
        assertThat(held(triggerWithKey("work", "b")).gates())
                .containsExactly(
                        new Gate.EnvironmentFull(new Gate.Slots(2, 2, List.of(first, second))),
                        new Gate.QueueFull("task/work", new Gate.Slots(1, 1, List.of(first))));
    }

    @Test
    void namesPauses() {
        RunId run = harness.trigger("work");
        harness.engine.queues().pause(harness.environment, "task/work");
        harness.engine.queues().pauseEnvironment(harness.environment);
        assertThat(held(run).gates()).containsExactly(new Gate.EnvironmentPaused(), new Gate.QueuePaused("task/work"));
    }

    @Test
    void namesTheTimeBeforeWhichARunDoesNotStart() {
        RunId delayed = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .delayUntil(harness.clock.instant().plusSeconds(10))
                .build());
        RunId low = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .priorityMs(-20_000)
                .build());
        RunId retried = harness.trigger("work");
        harness.fail(harness.startNext(), BOOM, new Completion.Retry(0, 45_000));
        assertNotBefore(delayed, 10, Gate.Cause.DELAY, Timer.Kind.DELAY);
        assertNotBefore(low, 20, Gate.Cause.PRIORITY, Timer.Kind.START);
        assertNotBefore(retried, 45, Gate.Cause.RETRY, Timer.Kind.RETRY);
    }

    private void assertNotBefore(RunId run, int seconds, Gate.Cause cause, Timer.Kind kind) {
        var at = harness.clock.instant().plusSeconds(seconds);
        assertThat(explain(run))
                .isEqualTo(
                        new Explanation.Held(List.of(new Gate.NotBefore(at, cause)), null, new Timer(kind, run, at)));
    }

    @Test
    void namesTheVersionThatIsMissing() {
        RunId run = harness.trigger("unknown");
        harness.claim();
        assertThat(held(run).gates())
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        Gate.NoVersion.class, gate -> assertThat(gate.reason()).contains("unknown"));
    }

    @Test
    void saysThatNobodyAsksForWork() {
        RunId run = harness.trigger("work");
        var lastAsked = harness.clock.instant();
        harness.clock.advance(Duration.ofSeconds(60));
        assertThat(held(run).gates()).containsExactly(new Gate.NoWorker("main", lastAsked));
        harness.restart();
        assertThat(held(run).gates()).containsExactly(new Gate.NoWorker("main", null));
    }

    @Test
    void namesAnEnvironmentThatIsGone() {
        EnvironmentId gone = harness.controlPlane.addEnvironment("PRODUCTION", 5);
        RunId run = harness.trigger(TriggerCommand.of(gone, "work").build());
        harness.controlPlane.remove(gone);
        assertThat(held(run).gates()).containsExactly(new Gate.EnvironmentGone());
    }

    @Test
    void putsRunsThatHaveAWorkerFirst() {
        harness.limit("task/work", 0);
        RunId first = harness.trigger("work");
        RunId second = harness.trigger("work");
        harness.sql().sql("""
                        update run_state
                        set execution = 'QUEUED_EXECUTING', lease_until = updated_at + interval '1 hour'
                        where run_id = ?
                        """).param(second.value()).update();
        assertThat(held(second).position()).isEqualTo(new Explanation.Position(0, 0));
        assertThat(held(first).position()).isEqualTo(new Explanation.Position(1, 1));
    }

    @Test
    void namesWhatARunWaitsFor() {
        RunId run = harness.trigger("work");
        harness.startNext();
        UUID waitpoint = new UUID(3, 4);
        harness.sql().sql("""
                        update run_state
                        set execution = 'EXECUTING_WITH_WAITPOINTS', slot_held = false, pending_waits = 1, wait_round = 2
                        where run_id = ?
                        """).param(run.value()).update();
        for (int round = 1; round <= 2; round++) {
            harness.sql()
                    .sql("""
                            insert into waitpoint_edge (run_id, wait_round, waitpoint_id, is_resolved)
                            values (?, ?, ?, false), (?, ?, ?, true)
                            """)
                    .param(run.value())
                    .param(round)
                    .param(round == 2 ? waitpoint : new UUID(9, 9))
                    .param(run.value())
                    .param(round)
                    .param(new UUID(5, 6))
                    .update();
        }
        assertThat(held(run).gates()).containsExactly(new Gate.Waitpoints(List.of(waitpoint)));
    }

    private RunId triggerWithKey(String task, String key) {
        harness.clock.advance(Duration.ofMillis(1));
        return harness.trigger(
                TriggerCommand.of(harness.environment, task).concurrencyKey(key).build());
    }

    private Explanation explain(RunId run) {
        return harness.engine.queues().explain(run).orElseThrow();
    }

    private Explanation.Held held(RunId run) {
        return (Explanation.Held) explain(run);
    }
}
