package dev.runyard.supervisor.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.supervisor.testing.RecordedExits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every workload manager does. Subclasses say how to make one and how to hurt its workloads.
public abstract class WorkloadManagerContract {
    /// A start of a JVM may take long on a busy machine.
    protected static final Duration PATIENCE = Duration.ofSeconds(20);

    /// An end must be told this soon after it happened.
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

    protected final RecordedExits exits = new RecordedExits();
    private final Set<String> started = new LinkedHashSet<>();
    protected WorkloadManager manager;

    /// Makes a manager that finds the workloads of an earlier one of the same test.
    protected abstract WorkloadManager newManager();

    /// Returns an image that holds the stand-in for the runner.
    protected abstract String image();

    /// Returns an image reference of the right kind that does not exist.
    protected abstract String missingImage();

    /// Returns an image reference of the kind that this manager does not execute.
    protected abstract String foreignImage();

    /// Kills the task with SIGKILL, as an operator or the system might.
    protected abstract void killFromOutside(String runner);

    /// Removes the workload with everything that watches it.
    protected abstract void makeVanish(String runner);

    /// Waits until the workload printed a text.
    protected abstract void awaitOutput(String runner, String text);

    @BeforeEach
    void openManager() {
        manager = newManager();
        manager.open(exits);
    }

    @AfterEach
    void clearAway() {
        started.forEach(manager::discard);
        manager.close();
    }

    @Test
    void tellsAnExitCodeWithTheLastOutput() {
        Workload workload = start("exit:3");

        WorkloadExit exit = awaitExit(workload);

        assertThat(exit).isInstanceOfSatisfying(WorkloadExit.Exited.class, ended -> {
            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.output()).contains("behaving: exit:3");
        });
    }

    @Test
    void tellsAnExitWithoutError() {
        assertThat(awaitExit(start("exit:0")))
                .isInstanceOfSatisfying(
                        WorkloadExit.Exited.class,
                        ended -> assertThat(ended.code()).isZero());
    }

    @Test
    void tellsAFullHeapFromAnOrdinaryExit() {
        assertThat(awaitExit(start("fill-heap"))).isInstanceOf(WorkloadExit.OutOfMemory.class);
    }

    @Test
    void tellsAKillFromOutsideWithinTwoSeconds() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");

        killFromOutside(workload.runner());

        assertThat(awaitExit(workload, SOON))
                .isInstanceOfSatisfying(
                        WorkloadExit.Signaled.class,
                        ended -> assertThat(ended.signal()).isEqualTo(9));
    }

    @Test
    void tellsThatAWorkloadVanishedWithinTwoSeconds() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");

        makeVanish(workload.runner());

        assertThat(awaitExit(workload, SOON)).isInstanceOf(WorkloadExit.Vanished.class);
    }

    @Test
    void endsAWorkloadThatHeedsSigterm() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");

        manager.stop(workload.runner(), PATIENCE);

        assertThat(awaitExit(workload))
                .isInstanceOfSatisfying(
                        WorkloadExit.Signaled.class,
                        ended -> assertThat(ended.signal()).isEqualTo(15));
    }

    @Test
    void killsAWorkloadThatIgnoresSigterm() {
        Workload workload = start("ignore-term");
        awaitOutput(workload.runner(), "ready");

        manager.stop(workload.runner(), Duration.ofSeconds(1));

        assertThat(awaitExit(workload))
                .isInstanceOfSatisfying(
                        WorkloadExit.Signaled.class,
                        ended -> assertThat(ended.signal()).isEqualTo(9));
    }

    @Test
    void stopsAWorkloadRightAfterItsStart() {
        Workload workload = start("sleep");

        manager.stop(workload.runner(), Duration.ZERO);

        awaitExit(workload);
    }

    @Test
    void ignoresAStopOfWhatIsDeadOrUnknown() {
        Workload workload = start("exit:0");
        awaitExit(workload);

        manager.stop(workload.runner(), Duration.ofSeconds(1));
        manager.stop("runner-never-started", Duration.ofSeconds(1));

        assertThat(exits.of(workload.runner())).hasSize(1);
    }

    @Test
    void keepsTheDeadUntilTheyAreDiscarded() {
        Workload workload = start("exit:0");
        awaitExit(workload);
        assertThat(manager.list()).contains(workload);

        manager.discard(workload.runner());

        assertThat(manager.list()).doesNotContain(workload);
    }

    @Test
    void killsWithoutAWordWhatIsDiscardedAlive() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");

        manager.discard(workload.runner());

        assertThat(manager.list()).doesNotContain(workload);
        assertThat(exits.of(workload.runner())).isEmpty();
    }

    @Test
    void adoptsARunningWorkloadOfAnEarlierManager() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");
        replaceManager();

        assertThat(manager.list()).contains(workload);
        manager.adopt(workload);
        killFromOutside(workload.runner());

        assertThat(awaitExit(workload)).isInstanceOf(WorkloadExit.Signaled.class);
    }

    @Test
    void tellsTheEndOfAWorkloadThatDiedWhileNobodyWatched() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");
        manager.close();
        killFromOutside(workload.runner());
        manager = newManager();
        manager.open(exits);
        assertThat(exits.of(workload.runner())).isEmpty();

        manager.adopt(workload);

        assertThat(awaitExit(workload)).isInstanceOf(WorkloadExit.Signaled.class);
    }

    @Test
    void refusesAnImageThatDoesNotExist() {
        StartOutcome outcome = manager.start(spec("exit:0", missingImage(), MachinePreset.SMALL_1X));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        StartOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("does-not-exist"));
        assertThat(manager.list()).isEmpty();
    }

    @Test
    void refusesAnImageOfTheOtherKind() {
        StartOutcome outcome = manager.start(spec("exit:0", foreignImage(), MachinePreset.SMALL_1X));

        assertThat(outcome).isInstanceOf(StartOutcome.Refused.class);
    }

    @Test
    void handsOverNoVariablesOfTheSupervisor() {
        Workload workload = start("print-environment");

        String output = awaitExit(workload).output();

        assertThat(output).contains("BEHAVIOR=print-environment").doesNotContain("JAVA_HOME=/usr/lib/jvm", "MAVEN");
    }

    protected final Workload start(String behavior) {
        return start(behavior, image());
    }

    protected final Workload start(String behavior, String image) {
        return start(spec(behavior, image, MachinePreset.MICRO));
    }

    protected final Workload start(WorkloadSpec spec) {
        started.add(spec.runner());
        assertThat(manager.start(spec)).isInstanceOf(StartOutcome.Started.class);
        return spec.workload();
    }

    protected final WorkloadExit awaitExit(Workload workload) {
        return awaitExit(workload, PATIENCE);
    }

    protected final WorkloadExit awaitExit(Workload workload, Duration time) {
        await().atMost(time)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !exits.of(workload.runner()).isEmpty());
        return exits.of(workload.runner()).getFirst();
    }

    protected final void replaceManager() {
        manager.close();
        manager = newManager();
        manager.open(exits);
    }

    protected final WorkloadSpec spec(String behavior, String image, MachinePreset machine) {
        RunId run = new RunId(IDS.next());
        String runner = "runner-" + run.body() + "-2";
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Workload workload = new Workload(runner, run, new SnapshotId(2), "environment", "deployment", machine, now);
        Map<String, String> environment = new HashMap<>();
        environment.put("BEHAVIOR", behavior);
        environment.put("TRIGGER_RUNNER_ID", runner);
        return new WorkloadSpec(workload, image, MachineSize.of(machine), environment);
    }
}
