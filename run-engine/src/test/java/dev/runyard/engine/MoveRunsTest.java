package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An environment whose runs other workers take from now on.
class MoveRunsTest {
    private EngineHarness harness;
    private String own;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
        own = EnvironmentSettings.ownWorkerQueue(harness.environment);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void bringsWaitingRunsToTheNewWorkers() {
        List<RunId> runs = Stream.of(1, 2, 3).map(_ -> harness.trigger("work")).toList();
        harness.controlPlane.deployToOwnWorkers(harness.environment, task("work"));

        harness.engine.moveRuns(harness.environment);

        assertThat(claim(EnvironmentSettings.MAIN_WORKER_QUEUE)).isEmpty();
        assertThat(claim(own)).extracting(claimed -> claimed.state().runId()).containsExactlyElementsOf(runs);
    }

    /// A trigger beside the change may have written the former worker queue after the others were moved.
    @Test
    void putsRightWhatIsClaimedFromTheFormerWorkerQueue() {
        RunId run = harness.trigger("work");
        harness.controlPlane.deployToOwnWorkers(harness.environment, task("work"));

        assertThat(claim(EnvironmentSettings.MAIN_WORKER_QUEUE)).isEmpty();

        assertThat(claim(own)).extracting(claimed -> claimed.state().runId()).containsExactly(run);
    }

    @Test
    void givesARunTheCurrentVersionWhereNobodyCanStartItsOwn() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        harness.fail(started, new TaskRunError.Text("boom"), new Completion.Retry(0, 90_000));
        WorkerVersion current = harness.controlPlane.deployToOwnWorkers(harness.environment, task("work"));
        harness.engine.moveRuns(harness.environment);
        harness.advance(Duration.ofSeconds(91));

        assertThat(claim(own)).singleElement().satisfies(claimed -> {
            assertThat(claimed.state().runId()).isEqualTo(run);
            assertThat(claimed.version()).isEqualTo(current);
        });
    }

    /// No supervisor of the former workers asks any more.
    @Test
    void leadsARunThatIsTriedAgainToItsEnvironmentsPresentWorkers() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        harness.controlPlane.moveTo(harness.environment, "other");
        harness.engine.moveRuns(harness.environment);

        harness.fail(started, new TaskRunError.Text("boom"), new Completion.Retry(0, 90_000));
        harness.advance(Duration.ofSeconds(91));

        assertThat(claim("other"))
                .extracting(claimed -> claimed.state().runId())
                .containsExactly(run);
    }

    @Test
    void leadsARunWhoseWorkerIsLostToItsEnvironmentsPresentWorkers() {
        RunId started = harness.trigger("work");
        harness.startNext();
        RunId claimed = harness.trigger("work");
        harness.claimNext();
        harness.controlPlane.moveTo(harness.environment, "other");
        harness.engine.moveRuns(harness.environment);

        harness.advance(Duration.ofMinutes(10));
        harness.advance(Duration.ofMinutes(1));

        assertThat(claim("other"))
                .extracting(taken -> taken.state().runId())
                .containsExactlyInAnyOrder(started, claimed);
    }

    /// Of two assignments, one may come between the end of an attempt and the next.
    @Test
    void leadsARunToTheWorkersThatItsEnvironmentHasWhenItsRetryIsDue() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        harness.fail(started, new TaskRunError.Text("boom"), new Completion.Retry(0, 90_000));

        harness.controlPlane.moveTo(harness.environment, "other");
        harness.advance(Duration.ofSeconds(91));

        assertThat(claim("other"))
                .extracting(claimed -> claimed.state().runId())
                .containsExactly(run);
    }

    @Test
    void leavesRunsWhereTheyAreWhoseWorkersStay() {
        RunId run = harness.trigger("work");

        harness.engine.moveRuns(harness.environment);

        assertThat(harness.claimNext().runId()).isEqualTo(run);
    }

    private List<ClaimedRun> claim(String workerQueue) {
        return harness.engine.claim(new ClaimRequest(workerQueue, "worker", 5, Duration.ZERO));
    }
}
