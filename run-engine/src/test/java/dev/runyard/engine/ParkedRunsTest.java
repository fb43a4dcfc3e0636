package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.engine.version.ParkDeadline;
import dev.runyard.engine.version.ReleaseParkedRuns;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs that wait for a version: because no deployment has their task, or because their trigger named a deployment.
class ParkedRunsTest {
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

    private TriggerCommandBuilder late() {
        return TriggerCommand.of(harness.environment, "late");
    }

    private TriggerCommandBuilder named(String externalId) {
        return TriggerCommand.of(harness.environment, "work").externalDeploymentId(externalId);
    }

    private RunId trigger(TriggerCommandBuilder command) {
        return harness.trigger(command.build());
    }

    private int release() {
        return harness.engine.releaseParkedRuns(harness.environment);
    }

    private void assertParked(RunId run) {
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.RUN_CREATED);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING_VERSION);
    }

    private void assertQueued(RunId run) {
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING);
    }

    private @Nullable Instant timer(RunId run, String kind) {
        return harness.sql()
                .sql("select due_at from timer where subject_id = ? and kind = ?")
                .param(run.value())
                .param(kind)
                .query((row, _) -> row.getObject("due_at", OffsetDateTime.class).toInstant())
                .optional()
                .orElse(null);
    }

    @Test
    @Shows("PV-1")
    void waitsForAVersionThatHasTheTaskAndIsQueuedThen() {
        List<RunId> runs =
                IntStream.range(0, 450).mapToObj(_ -> trigger(late())).toList();
        for (int i = 0; i < 5; i++) {
            assertThat(harness.claim(100)).isEmpty();
        }
        runs.forEach(this::assertParked);
        harness.controlPlane.deploy(harness.environment, task("late"));
        assertThat(release()).isEqualTo(450);
        runs.forEach(this::assertQueued);
        assertThat(harness.claimNext().runId()).isEqualTo(runs.getFirst());
    }

    @Test
    void holdsAReleasedRunUntilItsPlaceInTheQueueIsDue() {
        Instant place = harness.clock.instant().plusSeconds(60);
        RunId run = trigger(named("commit").queuedAs(place).ttl(Duration.ofSeconds(10)));
        assertParked(run);
        harness.controlPlane.deployAs(harness.environment, "commit", task("work"));
        assertThat(release()).isEqualTo(1);
        assertQueued(run);
        assertThat(timer(run, "START")).isEqualTo(place);
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofSeconds(60));
        assertThat(timer(run, "TTL")).isEqualTo(place.plusSeconds(10));
        assertThat(harness.claimNext().runId()).isEqualTo(run);
    }

    @Test
    @Shows("PV-3")
    void countsTheTtlAnewFromTheRelease() {
        RunId run = trigger(late().ttl(Duration.ofSeconds(10)));
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofSeconds(60));
        assertParked(run);
        harness.controlPlane.deploy(harness.environment, task("late"));
        release();
        assertThat(timer(run, "TTL")).isEqualTo(harness.clock.instant().plusSeconds(10));
        assertThat(harness.state(run).score())
                .isEqualTo(harness.clock.instant().minusSeconds(60).toEpochMilli());
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.EXPIRED);
    }

    @Test
    @Shows("PV-5")
    void isReleasedOnceByTwoDeploymentsAtOnce() throws Exception {
        for (int i = 0; i < 50; i++) {
            trigger(late());
        }
        assertThat(harness.claim(100)).isEmpty();
        harness.controlPlane.deploy(harness.environment, task("late"));
        int released = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> both = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                both.add(threads.submit(this::release));
            }
            for (Future<Integer> one : both) {
                released += one.get();
            }
        }
        assertThat(released).isEqualTo(50);
    }

    @Test
    @Shows("PV-6")
    void leavesARunThatMovedOnWhileItWasBeingReleased() {
        RunId run = trigger(late());
        assertThat(harness.claim()).isEmpty();
        harness.controlPlane.deploy(harness.environment, task("late"));
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.TRANSITION_DECIDED) {
                harness.atSyncPoints(_ -> {});
                harness.engine.cancel(harness.environment, run, "not wanted");
            }
        });
        assertThat(release()).isZero();
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void isFoundBySweepingWhereItWasParkedDuringADeployment() {
        RunId run = trigger(late());
        assertThat(harness.claim()).isEmpty();
        harness.controlPlane.deploy(harness.environment, task("late"));
        harness.part(ReleaseParkedRuns.class).sweep();
        assertQueued(run);
    }

    @Test
    @Shows("EP-1")
    void waitsForTheDeploymentThatItsTriggerNamesAndIsPinnedToIt() {
        RunId run = trigger(named("abc"));
        assertParked(run);
        assertThat(harness.state(run).statusReason()).isEqualTo(ParkDeadline.PENDING);
        assertThat(harness.claim()).isEmpty();
        WorkerVersion version = harness.controlPlane.deployAs(harness.environment, "abc", task("work"));
        harness.controlPlane.deploy(harness.environment, task("work"));
        assertThat(release()).isEqualTo(1);
        RunState claimed = harness.claimNext();
        assertThat(claimed.runId()).isEqualTo(run);
        assertThat(claimed.workerVersionId()).isEqualTo(version.id());
        assertThat(timer(run, "PARK")).isNull();
    }

    @Test
    void isPinnedAtOnceWhereTheDeploymentIsThere() {
        WorkerVersion version = harness.controlPlane.deployAs(harness.environment, "abc", task("work"));
        RunId run = trigger(named(" abc "));
        assertQueued(run);
        assertThat(harness.state(run).workerVersionId()).isEqualTo(version.id());
        assertThat(harness.engine
                        .queries()
                        .detail(harness.environment, run)
                        .orElseThrow()
                        .origin()
                        .externalDeploymentId())
                .isEqualTo("abc");
    }

    @Test
    @Shows({"EP-2", "EP-4"})
    void doesNotHoldBackOthersNorIsReleasedByAnotherDeployment() {
        List<RunId> named =
                IntStream.range(0, 210).mapToObj(_ -> trigger(named("abc"))).toList();
        RunId ordinary = trigger(late());
        assertThat(harness.claim()).isEmpty();
        harness.controlPlane.deployAs(harness.environment, "def", task("work"), task("late"));
        harness.controlPlane.deploy(harness.environment, task("work"), task("late"));
        assertThat(release()).isEqualTo(1);
        assertQueued(ordinary);
        named.forEach(this::assertParked);
        assertThat(release()).isZero();
    }

    @Test
    @Shows("EP-3")
    void isReleasedLikeOthersWhereItWaitsForSomethingElse() {
        RunId run = trigger(named("abc"));
        WorkerVersion version = harness.controlPlane.deployAs(harness.environment, "abc", task("work"));
        release();
        assertQueued(run);
        harness.controlPlane.withdraw(version);
        assertThat(harness.claim()).isEmpty();
        assertParked(run);
        assertThat(harness.state(run).statusReason()).isNotEqualTo(ParkDeadline.PENDING);
        harness.controlPlane.restore(version);
        assertThat(release()).isEqualTo(1);
        assertQueued(run);
    }

    @Test
    @Shows("EP-5")
    void isPinnedToTheHighestVersionOfItsDeployment() {
        RunId run = trigger(named("abc"));
        WorkerVersion older = harness.controlPlane.prepare(harness.environment, task("work"));
        WorkerVersion newer = harness.controlPlane.prepare(harness.environment, task("work"));
        harness.controlPlane.finish(harness.environment, "abc", newer);
        harness.controlPlane.finish(harness.environment, "abc", older);
        release();
        assertThat(harness.state(run).workerVersionId()).isEqualTo(newer.id());
    }

    @Test
    @Shows({"EP-6", "EP-8", "EP-14"})
    void countsTheDeadlineFromItsDelayAndGoesBackToTheDelay() {
        Instant until = harness.clock.instant().plusSeconds(600);
        RunId run = trigger(named("abc").delayUntil(until));
        assertThat(timer(run, "PARK")).isEqualTo(until.plusSeconds(3_600));
        harness.controlPlane.deployAs(harness.environment, "abc", task("work"));
        release();
        RunState state = harness.state(run);
        assertThat(state.execution()).isEqualTo(ExecutionStatus.DELAYED);
        assertThat(state.status()).isEqualTo(RunStatus.DELAYED);
        assertThat(state.statusReason()).isNull();
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofSeconds(600));
        assertThat(harness.claimNext().runId()).isEqualTo(run);
    }

    @Test
    @Shows({"EP-9", "EP-10", "EP-15"})
    void collectsDebouncedTriggersWhileItWaits() {
        TriggerCommandBuilder command = named("abc").debounce(new Debounce("key", "30m", Debounce.Mode.LEADING, null));
        RunId run = trigger(command);
        Instant first = harness.clock.instant();
        assertThat(timer(run, "PARK")).isEqualTo(first.plusSeconds(1_800 + 3_600));
        for (int i = 0; i < 3; i++) {
            harness.advance(Duration.ofMinutes(29));
            assertThat(trigger(command)).isEqualTo(run);
            assertParked(run);
            assertThat(harness.state(run).statusReason()).isEqualTo(ParkDeadline.PENDING);
        }
        harness.advance(Duration.ofMinutes(30));
        assertParked(run);
        harness.advance(Duration.ofMinutes(59));
        assertParked(run);
        harness.advance(Duration.ofMinutes(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.EXPIRED);
    }

    @Test
    @Shows("EP-11")
    void expiresWhereNoDeploymentComesInTime() {
        RunId run = trigger(named("abc"));
        harness.advance(Duration.ofMillis(3_599_999));
        assertParked(run);
        harness.advance(Duration.ofMillis(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.EXPIRED);
        assertThat(harness.state(run).statusReason()).isEqualTo(ParkDeadline.NOT_FOUND);
        RunDetail detail =
                harness.engine.queries().detail(harness.environment, run).orElseThrow();
        assertThat(detail.error())
                .isEqualTo(TaskRunError.Text.expired("No deployment with the external id 'abc' came in time."));
    }

    @Test
    void expiresEarlierWhereItsTtlIsShorter() {
        RunId run = trigger(named("abc").ttl(Duration.ofSeconds(10)));
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.EXPIRED);
    }

    @Test
    @Shows("EP-12")
    void isReleasedAtTheDeadlineByADeploymentThatNobodyAnnounced() {
        RunId run = trigger(named("abc"));
        WorkerVersion version = harness.controlPlane.deployAs(harness.environment, "abc", task("work"));
        harness.clock.advance(Duration.ofHours(1));
        assertThat(harness.part(TimerWheel.class).fireDue()).isEqualTo(1);
        assertQueued(run);
        assertThat(harness.state(run).workerVersionId()).isEqualTo(version.id());
    }

    @Test
    @Shows("EP-13")
    void leavesARunAloneThatNoLongerWaits() {
        RunId run = trigger(named("abc"));
        harness.engine.cancel(harness.environment, run, "not wanted");
        harness.advance(Duration.ofHours(2));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(timer(run, "PARK")).isNull();
    }

    @Test
    void namesNoDeploymentInDevelopmentNorWithALockedVersion() {
        EnvironmentId development = harness.controlPlane.addEnvironment("DEVELOPMENT", 10);
        RunId run = trigger(TriggerCommand.of(development, "work").externalDeploymentId("abc"));
        assertQueued(run);
        assertQueued(trigger(named("abc").lockToVersion("20260801.1")));
    }

    @Test
    void refusesAnIdThatIsTooLongOrBlank() {
        for (String id : new String[] {"", " ", "x".repeat(129)}) {
            assertThat(harness.engine.trigger(named(id).build()))
                    .isEqualTo(new TriggerOutcome.Rejected(
                            "options.externalDeploymentId must have 1 to 128 characters, not all of them blank."));
        }
        assertParked(trigger(named("x".repeat(128))));
    }
}
