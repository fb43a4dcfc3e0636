package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.cancel.CancelConfig;
import dev.runyard.engine.cancel.CancelOutcome;
import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CancelTest {
    private static final TaskRunError STOPPED =
            TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "stopped");

    private EngineHarness harness;
    private final List<RunChanged> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        prepare();
    }

    private void prepare() {
        harness.controlPlane.deploy(harness.environment, task("work"));
        harness.engine.onChange(heard::add);
    }

    private void startWithSteps(int childrenPerStep) {
        harness.close();
        harness = EngineHarness.configured(
                TestRedis.shared().uri(),
                defaults -> Components.replace(defaults, "cancels", new CancelConfig(childrenPerStep)));
        prepare();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private RunId child(RunId parent) {
        return harness.trigger(
                TriggerCommand.of(harness.environment, "work").parent(parent).build());
    }

    private CancelOutcome cancel(RunId run) {
        return harness.engine.cancel(harness.environment, run, "not wanted");
    }

    private int slots() {
        return harness.sql()
                .sql("select count(*) from run_state where slot_held")
                .query(Integer.class)
                .single();
    }

    private List<RunStatus> statuses(List<RunId> runs) {
        return runs.stream().map(run -> harness.state(run).status()).toList();
    }

    @Test
    @Shows("CA-2")
    void endsAQueuedRunAtOnce() {
        RunId run = harness.trigger("work");
        heard.clear();
        assertThat(cancel(run)).isInstanceOf(CancelOutcome.Canceled.class);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.FINISHED);
        assertThat(heard).extracting(RunChanged::status).containsExactly(RunStatus.CANCELED);
        assertThat(slots()).isZero();
        assertThat(harness.claim()).isEmpty();
    }

    @Test
    void keepsTheSlotUntilTheWorkerConfirms() {
        harness.limit("task/work", 1);
        RunId run = harness.trigger("work");
        RunId next = harness.trigger("work");
        harness.startNext();
        cancel(run);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.PENDING_CANCEL);
        assertThat(harness.state(run).statusReason()).isEqualTo("not wanted");
        assertThat(harness.claim()).as("its process may still run").isEmpty();
        harness.fail(harness.state(run), STOPPED, null);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(harness.claimNext().runId()).isEqualTo(next);
    }

    @Test
    @Shows({"HB-4", "RA-9"})
    void endsTheRunWhoseWorkerDoesNotConfirm() {
        RunId run = harness.trigger("work");
        harness.startNext();
        cancel(run);
        harness.advance(harness.config().cancelTimeout());
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.PENDING_CANCEL);
        harness.advance(Duration.ofMillis(1));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.FINISHED);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(slots()).isZero();
    }

    @Test
    void tellsTheWorkerAgainAndGivesItNoMoreTime() {
        RunId run = harness.trigger("work");
        harness.claimNext();
        cancel(run);
        RunState asked = harness.state(run);
        heard.clear();
        harness.clock.advance(Duration.ofSeconds(5));
        assertThat(cancel(run)).isEqualTo(new CancelOutcome.Canceled(asked));
        assertThat(heard).extracting(RunChanged::version).containsExactly(asked.version());
        assertThat(harness.state(run)).isEqualTo(asked);
    }

    @Test
    void endsCanceledThoughTheAttemptSucceededMeanwhile() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        cancel(run);
        harness.succeed(started);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.PENDING_CANCEL);
        harness.succeed(harness.state(run));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void endsWhatItsWorkerCanceledUnasked() {
        RunId executing = harness.trigger("work");
        harness.fail(harness.startNext(), STOPPED, new Completion.Retry(0, 0));
        RunId claimed = harness.trigger("work");
        harness.fail(harness.claimNext(), STOPPED, null);
        assertThat(statuses(List.of(executing, claimed))).containsOnly(RunStatus.CANCELED);
        assertThat(harness.state(executing).statusReason()).isEqualTo("stopped");
    }

    @Test
    void cancelsTheWholeTreeForOneReason() {
        RunId root = harness.trigger("work");
        harness.startNext();
        RunId executing = child(root);
        harness.startNext();
        RunId grandchild = child(executing);
        RunId delayed = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .parent(root)
                .delayUntil(harness.clock.instant().plusSeconds(600))
                .build());
        RunId other = harness.trigger("work");
        cancel(root);
        harness.step();
        harness.step();
        assertThat(statuses(List.of(grandchild, delayed))).containsOnly(RunStatus.CANCELED);
        assertThat(harness.state(executing).execution()).isEqualTo(ExecutionStatus.PENDING_CANCEL);
        assertThat(harness.state(grandchild).statusReason()).isEqualTo("not wanted");
        assertThat(harness.state(other).status()).isEqualTo(RunStatus.PENDING);
        harness.fail(harness.state(executing), STOPPED, null);
        harness.fail(harness.state(root), STOPPED, null);
        assertThat(statuses(List.of(root, executing))).containsOnly(RunStatus.CANCELED);
        assertThat(slots()).isZero();
    }

    @Test
    void leavesChildrenThatEndedAsTheyAre() {
        RunId root = harness.trigger("work");
        harness.startNext();
        RunId done = child(root);
        harness.succeed(harness.startNext());
        cancel(root);
        harness.step();
        assertThat(harness.state(done).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    void cancelsWhatARunTriggeredAfterItWasCanceled() {
        RunId root = harness.trigger("work");
        harness.startNext();
        cancel(root);
        harness.step();
        RunId late = child(root);
        harness.step();
        assertThat(harness.state(late).status()).isEqualTo(RunStatus.PENDING);
        harness.clock.advance(Duration.ofMillis(1));
        harness.fail(harness.state(root), STOPPED, null);
        harness.step();
        assertThat(harness.state(late).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void cancelsALargeFamilyStepByStep() {
        startWithSteps(10);
        RunId root = harness.trigger("work");
        harness.startNext();
        List<RunId> children = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            children.add(child(root));
        }
        cancel(root);
        harness.step();
        assertThat(statuses(children.subList(0, 10))).containsOnly(RunStatus.CANCELED);
        assertThat(statuses(children.subList(10, 30))).containsOnly(RunStatus.PENDING);
        for (int i = 0; i < 3; i++) {
            harness.step();
        }
        assertThat(statuses(children)).containsOnly(RunStatus.CANCELED);
        assertThat(harness.sql()
                        .sql("select count(*) from timer where kind = 'CANCEL_CHILDREN'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void goesOnWithTheChildrenAfterACrash() {
        startWithSteps(3);
        RunId root = harness.trigger("work");
        harness.startNext();
        List<RunId> children = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            children.add(child(root));
        }
        cancel(root);
        harness.step();
        harness.restart();
        for (int i = 0; i < 4; i++) {
            harness.step();
        }
        assertThat(statuses(children)).containsOnly(RunStatus.CANCELED);
        assertThat(harness.sql()
                        .sql("select count(*) from run_transition where event = 'CANCELED'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(children.size());
    }

    @Test
    void cancelsAParentThatWaitsAndWhatItWaitsFor() {
        WaitSteps steps = new WaitSteps(harness);
        RunState parent = steps.started("work");
        RunId child = steps.triggerAndWait(parent, "work");
        cancel(parent.runId());
        assertThat(harness.state(parent.runId()).execution()).isEqualTo(ExecutionStatus.PENDING_CANCEL);
        harness.step();
        assertThat(harness.state(child).status()).isEqualTo(RunStatus.CANCELED);
        harness.fail(harness.state(parent.runId()), STOPPED, null);
        assertThat(harness.state(parent.runId()).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void tellsAParentThatItsChildWasCanceled() {
        WaitSteps steps = new WaitSteps(harness);
        RunState parent = steps.started("work");
        RunId child = steps.triggerAndWait(parent, "work");
        cancel(child);
        harness.step();
        assertThat(harness.state(parent.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.outputTexts(parent.runId()))
                .singleElement()
                .asString()
                .contains("TASK_RUN_CANCELLED", "not wanted");
    }

    @Test
    void endsASuspendedRunAndItsChildrenAtOnce() {
        WaitSteps steps = new WaitSteps(harness);
        RunState parent = steps.started("work");
        RunId child = steps.triggerAndWait(parent, "work");
        steps.suspend(harness.state(parent.runId()));
        cancel(parent.runId());
        assertThat(harness.state(parent.runId()).status()).isEqualTo(RunStatus.CANCELED);
        harness.step();
        assertThat(harness.state(child).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(harness.state(parent.runId()).execution()).isEqualTo(ExecutionStatus.FINISHED);
    }

    @Test
    void knowsOnlyRunsOfTheEnvironment() {
        RunId run = harness.trigger("work");
        assertThat(harness.engine.cancel(harness.controlPlane.addEnvironment("STAGING", 1), run, "x"))
                .isInstanceOf(CancelOutcome.Unknown.class);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING);
    }
}
