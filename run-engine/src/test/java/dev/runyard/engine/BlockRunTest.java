package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static dev.runyard.engine.InMemoryControlPlane.taskWithLimits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.BlockRequest;
import dev.runyard.engine.waitpoint.WaitpointQueries;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockRunTest {
    private EngineHarness harness;
    private WaitSteps steps;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"), taskWithLimits("limited", 30, "1h"));
        steps = new WaitSteps(harness);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private int edges(RunId run) {
        return harness.sql()
                .sql("select count(*) from waitpoint_edge where run_id = ? and not is_resolved")
                .param(run.value())
                .query(Integer.class)
                .single();
    }

    @Test
    @Shows({"WP-3", "WS-3", "WS-21", "PW-4", "PW-7", "DC-2"})
    void waitsForATokenAndGoesOnWithItsOutput() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        RunId run = waiting.run().runId();
        List<RunChanges.Watched> watched =
                List.of(new RunChanges.Watched(run, waiting.run().snapshotId()));
        assertThat(harness.engine.awaitChanges(watched, Duration.ZERO)).isEmpty();
        assertThat(steps.outputs(run)).isEmpty();
        steps.complete(waiting.token(), "{\"ok\":true}");
        harness.step();
        assertThat(harness.engine.awaitChanges(watched, Duration.ZERO)).hasSize(1);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.outputTexts(run)).containsExactly("{\"ok\":true}");
        assertThat(edges(run)).isZero();
    }

    @Test
    @Shows({"WP-1", "DC-1"})
    void waitsForADate() {
        RunState started = steps.started("work");
        steps.block(started, steps.dateIn(Duration.ofSeconds(5)));
        harness.advance(Duration.ofSeconds(4));
        assertThat(harness.state(started.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        harness.advance(Duration.ofSeconds(1));
        harness.step();
        assertThat(harness.state(started.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
    }

    @Test
    void waitsForAllOfMany() {
        RunState started = steps.started("work");
        WaitpointId first = steps.token();
        WaitpointId second = steps.token();
        WaitpointId third = steps.token();
        steps.complete(third, "3");
        RunState waiting = steps.block(started, first, second, third);
        assertThat(waiting.pendingWaits()).isEqualTo(2);
        steps.complete(first, "1");
        RunState still = harness.state(started.runId());
        assertThat(still.execution()).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        assertThat(still.version()).isEqualTo(waiting.version());
        assertThat(steps.outputs(started.runId())).as("nothing comes early").isEmpty();
        steps.complete(second, "2");
        harness.step();
        assertThat(steps.outputTexts(started.runId())).containsExactly("1", "2", "3");
    }

    @Test
    void addsToAWaitThatIsUnderWay() {
        RunState started = steps.started("work");
        WaitpointId first = steps.token();
        WaitpointId second = steps.token();
        steps.block(started, first);
        steps.block(started, second);
        steps.block(started, first);
        assertThat(harness.state(started.runId()).pendingWaits()).isEqualTo(2);
        steps.complete(first, "1");
        assertThat(harness.state(started.runId()).pendingWaits()).isEqualTo(1);
        steps.complete(second, "2");
        harness.step();
        assertThat(steps.outputTexts(started.runId())).containsExactly("1", "2");
    }

    @Test
    @Shows("LW-12")
    void goesOnAtOnceWithOutputsThatWereThere() {
        RunState started = steps.started("work");
        WaitpointId token = steps.token();
        steps.complete(token, "1");
        assertThat(steps.tryBlock(started.runId(), token)).isInstanceOf(BlockOutcome.GoesOn.class);
        assertThat(steps.outputTexts(started.runId())).containsExactly("1");
    }

    @Test
    void givesEachWaitOnlyItsOwnOutputs() {
        RunState started = steps.started("work");
        WaitpointId first = steps.token();
        steps.block(started, first);
        steps.complete(first, "1");
        harness.step();
        WaitpointId second = steps.token();
        steps.block(started, second);
        steps.complete(second, "2");
        harness.step();
        assertThat(steps.outputTexts(started.runId())).containsExactly("2");
    }

    @Test
    @Shows("WP-4")
    void timesTokensOutThatAreGivenATimeWhenTheWaitBegins() {
        RunState started = steps.started("work");
        WaitpointId token = steps.token();
        harness.engine
                .waits()
                .block(new BlockRequest(
                        harness.environment,
                        started.runId(),
                        started.snapshotId(),
                        List.of(token),
                        harness.clock.instant().plusSeconds(3)));
        harness.advance(Duration.ofSeconds(2));
        assertThat(harness.state(started.runId()).isWaiting()).isTrue();
        harness.advance(Duration.ofSeconds(1));
        harness.step();
        assertThat(steps.outputs(started.runId()))
                .singleElement()
                .satisfies(
                        wait -> assertThat(wait.waitpoint().output().isError()).isTrue());
    }

    @Test
    @Shows({"WP-2", "WS-4"})
    void forgetsTheWaitWhenItsAttemptFails() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        RunId run = waiting.run().runId();
        harness.fail(waiting.run(), new TaskRunError.BuiltIn("E", "boom", "at …"), new Completion.Retry(0, 1_000));
        RunState queued = harness.state(run);
        assertThat(queued.pendingWaits()).isZero();
        assertThat(harness.engine.waits().queries().blockedRuns(harness.environment, waiting.token(), 10))
                .isEmpty();
        steps.complete(waiting.token(), "1");
        assertThat(harness.state(run)).isEqualTo(queued);
        harness.advance(Duration.ofSeconds(1));
        harness.startNext();
        assertThat(steps.outputs(run)).as("outputs of another attempt").isEmpty();
    }

    @Test
    void forgetsOutputsThatItGotWhenItsAttemptFailsLater() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        steps.complete(waiting.token(), "1");
        harness.step();
        RunState executing = harness.state(waiting.run().runId());
        harness.fail(executing, new TaskRunError.BuiltIn("E", "boom", "at …"), new Completion.Retry(0, 1_000));
        assertThat(steps.outputs(executing.runId())).isEmpty();
        harness.start(harness.state(executing.runId()));
        assertThat(steps.outputs(executing.runId())).isEmpty();
    }

    @Test
    void namesTheWaitWhenAWorkerThatWaitsIsLost() {
        RunState waiting = steps.waiting("work").run();
        harness.advance(harness.config().executionTimeout().plusSeconds(1));
        RunState lost = harness.state(waiting.runId());
        assertThat(lost.lastEvent()).isEqualTo(RunEvent.RECOVERED);
        assertThat(lost.pendingWaits()).isZero();
        assertThat(harness.engine
                        .queries()
                        .detail(harness.environment, waiting.runId())
                        .orElseThrow()
                        .transitions()
                        .getLast()
                        .error())
                .isInstanceOfSatisfying(
                        TaskRunError.Internal.class,
                        error -> assertThat(error.code())
                                .isEqualTo(InternalErrorCode.TASK_RUN_STALLED_EXECUTING_WITH_WAITPOINTS));
    }

    @Test
    void keepsItsLeaseWhileItsWorkerBeats() {
        RunState waiting = steps.waiting("work").run();
        for (int i = 0; i < 4; i++) {
            harness.advance(Duration.ofSeconds(30));
            assertThat(harness.engine.heartbeat(waiting.runId(), waiting.snapshotId()))
                    .isTrue();
        }
        assertThat(harness.state(waiting.runId()).isWaiting()).isTrue();
    }

    @Test
    void refusesARunThatDoesNotExecute() {
        WaitpointId token = steps.token();
        RunId queued = harness.trigger("work");
        assertThat(steps.tryBlock(queued, token))
                .isEqualTo(new BlockOutcome.Rejected("Run " + queued + " is QUEUED; only an executing run can wait."));
        RunState claimed = harness.claimNext();
        assertThat(steps.tryBlock(queued, token)).isInstanceOf(BlockOutcome.Rejected.class);
        RunState started = harness.start(claimed);
        assertThat(block(started.runId(), claimed.snapshotId(), token)).isInstanceOf(BlockOutcome.Rejected.class);
        harness.succeed(started);
        assertThat(steps.tryBlock(queued, token))
                .isEqualTo(new BlockOutcome.Rejected(
                        "Run " + queued + " is finished with status COMPLETED_SUCCESSFULLY, so it cannot wait."));
        assertThat(steps.tryBlock(new RunId(UUID.randomUUID()), token)).isInstanceOf(BlockOutcome.UnknownRun.class);
        assertThat(harness.sql()
                        .sql("select count(*) from waitpoint_edge")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private BlockOutcome block(RunId run, SnapshotId snapshot, WaitpointId token) {
        return harness.engine.waits().block(new BlockRequest(harness.environment, run, snapshot, List.of(token), null));
    }

    @Test
    void refusesARunThatIsBeingCanceledOrSuspendedElsewhere() {
        RunState started = steps.started("work");
        harness.engine.cancel(harness.environment, started.runId(), "not wanted");
        assertThat(steps.tryBlock(started.runId(), steps.token())).isInstanceOf(BlockOutcome.Rejected.class);
        EnvironmentId other = harness.controlPlane.addEnvironment("PRODUCTION", 1);
        assertThat(harness.engine.waits().block(BlockRequest.of(other, started.runId())))
                .isInstanceOf(BlockOutcome.UnknownRun.class);
    }

    @Test
    void doesNotCountTheWaitAsExecution() {
        RunState started = steps.started("limited");
        harness.advance(Duration.ofSeconds(10));
        WaitpointId token = steps.token();
        RunState waiting = steps.block(started, token);
        for (int i = 0; i < 4; i++) {
            harness.advance(Duration.ofSeconds(30));
            harness.engine.heartbeat(waiting.runId(), waiting.snapshotId());
        }
        steps.complete(token, "1");
        harness.step();
        RunState executing = harness.state(started.runId());
        harness.advance(Duration.ofSeconds(29));
        assertThat(harness.state(started.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(harness.engine.heartbeat(executing.runId(), executing.snapshotId()))
                .isTrue();
        harness.advance(Duration.ofSeconds(1));
        RunState timedOut = harness.state(started.runId());
        assertThat(timedOut.status()).isEqualTo(RunStatus.TIMED_OUT);
        assertThat(timedOut.usageMs()).isEqualTo(40_000);
    }

    @Test
    void givesItsSlotBackWhileItWaits() {
        harness.limit("task/work", 1);
        WaitSteps.Waiting waiting = steps.waiting("work");
        RunState other = steps.started("work");
        steps.complete(waiting.token(), "1");
        harness.step();
        assertThat(harness.state(waiting.run().runId()).execution()).isEqualTo(ExecutionStatus.QUEUED_EXECUTING);
        harness.succeed(other);
        harness.step();
        assertThat(harness.state(waiting.run().runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
    }

    @Test
    @Shows({"WP-9", "SS-1", "SS-2", "SS-3", "SS-4", "LR-1", "LR-2", "LR-5"})
    void listsNewerSnapshotsWithOutputsOnTheLast() {
        RunState started = steps.started("work");
        WaitpointId first = steps.token();
        WaitpointId second = steps.token();
        steps.block(started, first, second);
        steps.complete(first, "1");
        steps.complete(second, "2");
        harness.step();
        WaitpointQueries.Snapshots since = since(started.runId(), started.version());
        assertThat(since.transitions().stream().map(step -> step.execution()))
                .containsExactly(
                        ExecutionStatus.EXECUTING_WITH_WAITPOINTS,
                        ExecutionStatus.QUEUED_EXECUTING,
                        ExecutionStatus.EXECUTING);
        assertThat(since.completedWaits()).hasSize(2);
        WaitpointQueries.Snapshots latest =
                since(started.runId(), since.newest().version());
        assertThat(latest.transitions()).isEmpty();
        assertThat(latest.completedWaits()).as("delivered once").isEmpty();
        for (int unknown : new int[] {0, since.newest().version() + 1}) {
            assertThat(harness.engine.waits().queries().snapshotsSince(started.runId(), new SnapshotId(unknown)))
                    .isEmpty();
        }
        assertThat(harness.engine.waits().queries().snapshotsSince(new RunId(UUID.randomUUID()), started.snapshotId()))
                .isEmpty();
    }

    private WaitpointQueries.Snapshots since(RunId run, int version) {
        return harness.engine
                .waits()
                .queries()
                .snapshotsSince(run, new SnapshotId(version))
                .orElseThrow();
    }

    @Test
    @Shows({"SS-6", "SS-8"})
    void deliversManyOutputs() {
        RunState started = steps.started("work");
        WaitpointId[] tokens =
                IntStream.range(0, 600).mapToObj(_ -> steps.token()).toArray(WaitpointId[]::new);
        String text = "\"" + "x".repeat(10_000) + "\"";
        steps.block(started, tokens);
        for (WaitpointId token : tokens) {
            steps.complete(token, text);
        }
        harness.step();
        WaitpointQueries.Snapshots since = since(started.runId(), started.version());
        assertThat(since.transitions()).hasSize(3);
        assertThat(since.completedWaits())
                .hasSize(600)
                .allSatisfy(wait -> assertThat(wait.waitpoint().output().text()).isEqualTo(text));
    }
}
