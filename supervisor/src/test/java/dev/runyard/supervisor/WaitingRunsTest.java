package dev.runyard.supervisor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.testing.TestSupervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that wait where their workloads cannot be laid to rest: processes can neither be stored nor frozen.
final class WaitingRunsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private FakeWebapp webapp;
    private String bundle;

    @BeforeEach
    void start() throws IOException {
        webapp = new FakeWebapp();
        bundle = TestBundle.in(folder.resolve("bundle"));
    }

    @AfterEach
    void stop() {
        webapp.close();
    }

    @Test
    void saysWhyAProcessIsNotStored() {
        assertThat(reasonWith("tier=checkpoint"))
                .isEqualTo("workloads of this kind cannot be stored. It stays as it is.");
    }

    @Test
    void saysWhyAProcessIsNeitherStoredNorFrozen() {
        assertThat(reasonWith("tier=checkpoint", "fallback=freeze"))
                .isEqualTo("workloads of this kind cannot be stored. It is not frozen either: workloads of this kind "
                        + "cannot be frozen.");
    }

    @Test
    void saysWhyAProcessIsNotFrozen() {
        assertThat(reasonWith("tier=freeze")).isEqualTo("workloads of this kind cannot be frozen.");
    }

    @Test
    void leavesAStoredRunToItsSupervisorForAWhile() {
        webapp.setAfterFailure(AttemptStatus.RETRY_QUEUED);
        try (TestSupervisor _ = TestSupervisor.start(webapp, folder.resolve("state"), "workload-manager=process")) {
            RunId run = webapp.enqueueStored(bundle, "far/away/runner-1/" + new SnapshotId(1));

            await().atMost(PATIENCE).until(() -> webapp.calls("continue") > 0);

            await().atMost(PATIENCE).until(() -> webapp.completions(run).size() > 8);
            assertThat(webapp.completions(run).subList(0, 8))
                    .extracting(completion -> requireNonNull(completion.error()).summary())
                    .containsOnly("The process of the waiting run was stored by supervisor far/away, which has to take"
                            + " it.");
            assertThat(requireNonNull(webapp.completions(run).get(8).error()).summary())
                    .as("then the attempt is lost")
                    .endsWith("stored by another supervisor, which did not take it.");
        }
    }

    /// Lets a run wait and go on, and returns the one reason that was told.
    private String reasonWith(String... settings) {
        String[] all = new String[settings.length + 2];
        for (int i = 0; i < settings.length; i++) {
            all[i] = "waiting." + settings[i];
        }
        all[settings.length] = "waiting.threshold=50ms";
        all[settings.length + 1] = "workload-manager=process";
        try (TestSupervisor _ = TestSupervisor.start(webapp, folder.resolve("state"), all)) {
            RunId run = webapp.enqueue(bundle, "obey-cancel");
            await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.EXECUTING);
            webapp.move(run, ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
            await().atMost(PATIENCE).until(() -> !webapp.reasonsToStay(run).isEmpty());
            webapp.move(run, ExecutionStatus.PENDING_CANCEL);
            await().atMost(PATIENCE).until(() -> webapp.completion(run) != null);
            assertThat(webapp.reasonsToStay(run)).as("told once a wait").hasSize(1);
            return webapp.reasonsToStay(run).getFirst();
        }
    }
}
