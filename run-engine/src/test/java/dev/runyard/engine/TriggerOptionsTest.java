package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static dev.runyard.engine.InMemoryControlPlane.taskWithLimits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunOrigin;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a trigger may say, up to the edge of each limit.
class TriggerOptionsTest {
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"), taskWithLimits("limited", 60, "5m"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private TriggerCommandBuilder work() {
        return TriggerCommand.of(harness.environment, "work");
    }

    private RunDetail detail(RunId run) {
        return harness.engine.queries().detail(harness.environment, run).orElseThrow();
    }

    private void assertRefused(TriggerCommandBuilder command, String sentence) {
        assertThat(harness.engine.trigger(command.build())).isEqualTo(new TriggerOutcome.Rejected(sentence));
    }

    private static List<String> tags(int n) {
        return IntStream.range(0, n).mapToObj(i -> "t" + i).toList();
    }

    @Test
    @Shows("WX-2")
    void takesTenTagsAndCountsNeitherBlankOnesNorRepetitions() {
        RunId run = harness.trigger(work().tags(tags(10)).build());
        assertThat(detail(run).view().tags()).hasSize(10);
        assertRefused(work().tags(tags(11)), "Runs can only have 10 tags, you're trying to set 11.");
        RunId mixed =
                harness.trigger(work().tags(List.of("a", "", "  ", "a", "b")).build());
        assertThat(detail(mixed).view().tags()).containsExactly("a", "b");
    }

    @Test
    void takesTagsOf128Characters() {
        harness.trigger(work().tags(List.of("x".repeat(128))).build());
        assertRefused(work().tags(List.of("x".repeat(129))), "options.tags must have at most 128 characters each.");
    }

    @Test
    void takesMetadataUpToTheLimitToTheByte() {
        String frame = "{\"t\":\"ü\"}";
        String fits = "{\"t\":\"ü" + "x".repeat(262_144 - frame.length() - 1) + "\"}";
        harness.trigger(work().metadata(fits).build());
        assertRefused(work().metadata(fits.replace("ü", "üx")), "Metadata exceeds maximum size of 262144 bytes");
    }

    @Test
    @Shows("WX-5")
    void refusesALockedVersionThatDoesNotExistOrLacksTheTask() {
        assertRefused(
                work().lockToVersion("19990101.1"),
                "Task locked to version '19990101.1', but no worker found with that version.");
        assertRefused(
                TriggerCommand.of(harness.environment, "other").lockToVersion("20260801.1"),
                "Task 'other' not found on locked version '20260801.1'.");
    }

    @Test
    @Shows("WX-6")
    void refusesAQueueThatTheLockedVersionDoesNotDeclare() {
        assertRefused(
                work().lockToVersion("20260801.1").queue("elsewhere"),
                "Specified queue 'elsewhere' not found or not associated with locked version '20260801.1'.");
        for (String known : new String[] {"declared", "task/work", "task/limited"}) {
            RunId run = harness.trigger(
                    work().lockToVersion("20260801.1").queue(known).build());
            assertThat(harness.state(run).queue()).isEqualTo(known);
        }
        assertThat(harness.state(harness.trigger(work().queue("elsewhere").build()))
                        .queue())
                .isEqualTo("elsewhere");
    }

    @Test
    @Shows("TR-3")
    void keepsHowARunCameToBe() {
        RunId run = harness.trigger(work().source("sdk").action("trigger").build());
        assertThat(detail(run).origin()).isEqualTo(new RunOrigin("sdk", "trigger", "sdk", null, null, null));
        RunId again = ((TriggerOutcome.Accepted) harness.engine
                        .replay(harness.environment, run, "dashboard")
                        .orElseThrow())
                .runId();
        assertThat(detail(again).origin())
                .isEqualTo(new RunOrigin("dashboard", "replay", "dashboard", null, null, null));
    }

    @Test
    @Shows("TR-4")
    void handsTheSourceOfTheRootDownTheTree() {
        RunId root = harness.trigger(work().source("schedule").build());
        RunId child = harness.trigger(work().source("sdk").parent(root).build());
        RunId grandchild = harness.trigger(work().source("sdk").parent(child).build());
        assertThat(detail(child).origin().rootSource()).isEqualTo("schedule");
        assertThat(detail(grandchild).origin().rootSource()).isEqualTo("schedule");
        assertThat(detail(grandchild).view().depth()).isEqualTo(2);
        assertThat(detail(grandchild).view().root()).isEqualTo(root);
    }

    @Test
    void clampsTheLongestDurationAndTakesTheLargestNumberForNoLimit() {
        RunId endless = harness.trigger(TriggerCommand.of(harness.environment, "limited")
                .maxDurationSeconds(Integer.MAX_VALUE)
                .build());
        assertThat(harness.startNext().runId()).isEqualTo(endless);
        for (int i = 0; i < 10; i++) {
            harness.advance(Duration.ofSeconds(50));
            assertThat(harness.engine.heartbeat(endless, harness.state(endless).snapshotId()))
                    .isTrue();
        }
        assertThat(harness.state(endless).status()).isEqualTo(RunStatus.EXECUTING);
        RunId shortest = harness.trigger(work().maxDurationSeconds(1).build());
        assertThat(harness.state(shortest).maxDurationSeconds()).isEqualTo(5);
    }

    @Test
    void keepsItsVersionThroughLaterDeployments() {
        WorkerVersion second = harness.controlPlane.deploy(harness.environment, task("work"));
        harness.trigger(work().lockToVersion(second.number()).build());
        harness.controlPlane.deploy(harness.environment, task("work"));
        assertThat(harness.claimNext().workerVersionId()).isEqualTo(second.id());
    }

    @Test
    @Shows({"TR-1", "DQ-8"})
    void livesFromTheTriggerToItsSuccess() {
        RunId run = harness.trigger("work");
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
        RunState claimed = harness.claimNext();
        assertThat(claimed.execution()).isEqualTo(ExecutionStatus.PENDING_EXECUTING);
        assertThat(claimed.slotHeld()).isTrue();
        RunState started = harness.start(claimed);
        assertThat(started.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(started.attempt()).isEqualTo(1);
        harness.succeed(started);
        RunState ended = harness.state(run);
        assertThat(ended.execution()).isEqualTo(ExecutionStatus.FINISHED);
        assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
        assertThat(ended.lastEvent()).isEqualTo(RunEvent.SUCCEEDED);
        assertThat(ended.slotHeld()).isFalse();
    }

    @Test
    @Shows("TR-2")
    void endsWithItsErrorsWhereNothingIsRetried() {
        RunId run = harness.trigger(work().maxAttempts(1).build());
        harness.fail(harness.startNext(), new TaskRunError.Text("boom"), null);
        RunState ended = harness.state(run);
        assertThat(ended.execution()).isEqualTo(ExecutionStatus.FINISHED);
        assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED_WITH_ERRORS);
        assertThat(ended.lastEvent()).isEqualTo(RunEvent.FAILED);
    }

    @Test
    @Shows({"RR-9", "RR-10"})
    void refusesARunForAnEnvironmentThatIsGone() {
        harness.controlPlane.remove(harness.environment);
        assertRefused(work(), "This environment does not exist any more.");
        assertThat(harness.sql()
                        .sql("select count(*) from run")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
