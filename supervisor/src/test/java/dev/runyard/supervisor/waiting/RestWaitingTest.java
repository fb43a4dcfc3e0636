package dev.runyard.supervisor.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.Secret;
import dev.runyard.supervisor.config.WaitingProperties;
import dev.runyard.supervisor.pace.Pacer;
import dev.runyard.supervisor.platform.PlatformClient;
import dev.runyard.supervisor.platform.PlatformHttp;
import dev.runyard.supervisor.platform.WorkerToken;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.StorableWorkloads;
import dev.runyard.supervisor.track.AdoptWorkloads;
import dev.runyard.supervisor.track.Assignments;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.RunRegistry;
import dev.runyard.supervisor.track.StoredRuns;
import dev.runyard.supervisor.track.SupervisorMetrics;
import dev.runyard.supervisor.workload.HostResources;
import dev.runyard.supervisor.workload.Workload;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// By a clock of the test's own, with workloads that are stored when the test says so.
final class RestWaitingTest {
    private static final Duration THRESHOLD = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration LEASE_PERIOD = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pacer QUICK = _ -> Pacer.real().pause(Duration.ofMillis(2));

    /// How often it is tried before it counts as a failure.
    private static final int TRIES = 5;

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final StorableWorkloads workloads = new StorableWorkloads();
    private final RunRegistry registry = new RunRegistry();
    private FakeWebapp webapp;
    private RestWaiting waiting;

    @BeforeEach
    void start() throws IOException {
        webapp = new FakeWebapp();
        InstantSource clock = now::get;
        WorkerToken token = WorkerToken.await(new Secret(FakeWebapp.TOKEN), Duration.ofSeconds(1), clock, QUICK);
        PlatformClient platform = new PlatformClient(
                new PlatformHttp(URI.create(webapp.url()), new PlatformHttp.Credentials(token, "test", null)),
                JsonMapper.builder().build(),
                Duration.ofSeconds(10),
                QUICK);
        Dependencies dependencies =
                new Dependencies(registry, platform, new SupervisorMetrics(new SimpleMeterRegistry()), clock, QUICK);
        WaitingProperties settings = new WaitingProperties(
                WaitingProperties.Tier.CHECKPOINT,
                THRESHOLD,
                WaitingProperties.Tier.KEEP,
                RETRY,
                1,
                Duration.ofMinutes(1),
                null,
                null);
        var kept = new AdoptWorkloads.Kept(new Assignments(folder), new StoredRuns("test", Optional.empty()));
        Capacity capacity = new Capacity(new HostResources(2, 2, 2));
        waiting = new RestWaiting(
                dependencies, workloads, new StoreWaiting(dependencies, workloads, capacity, kept, settings), settings);
        waiting.start();
    }

    @AfterEach
    void stop() {
        workloads.release();
        waiting.stop();
        webapp.close();
    }

    @Test
    void keepsTheLeaseOfARunWhileItIsStored() {
        RunId run = waitingRun("a");
        awaitStoring();

        for (int period = 1; period <= 3; period++) {
            int least = period;
            pass(LEASE_PERIOD);
            await().atMost(PATIENCE).until(() -> webapp.heartbeats(run) >= least);
        }
        workloads.answer(Optional.empty());

        awaitSuspended(run);
        assertThat(workloads.stores("a")).isOne();
    }

    @Test
    void triesAgainLaterWhatCouldNotBeStoredAndTellsOnce() {
        RunId run = waitingRun("a");
        awaitStoring();
        fail(TRIES);
        await().atMost(PATIENCE).until(() -> !webapp.reasonsToStay(run).isEmpty());

        assertThat(workloads.stores("a")).isEqualTo(TRIES);
        pass(RETRY);
        fail(TRIES);
        await().atMost(PATIENCE).until(() -> workloads.stores("a") == 2 * TRIES);
        workloads.answer(Optional.empty());
        await().atMost(PATIENCE).until(() -> {
            // Twice as long as before, and from when the second failure was noted.
            pass(RETRY.multipliedBy(2));
            return workloads.stores("a") == 2 * TRIES + 1;
        });

        awaitSuspended(run);
        assertThat(webapp.reasonsToStay(run)).containsExactly("no space. It stays as it is.");
    }

    @Test
    void storesNoMoreAtATimeThanItMay() {
        RunId first = waitingRun("a");
        RunId second = waitingRun("b");
        awaitStoring();
        pass(LEASE_PERIOD);
        await().atMost(PATIENCE).until(() -> webapp.heartbeats(first) > 0 && webapp.heartbeats(second) > 0);

        workloads.answer(Optional.empty());
        workloads.answer(Optional.empty());

        awaitSuspended(first);
        awaitSuspended(second);
        assertThat(workloads.mostAtATime()).isOne();
    }

    private RunId waitingRun(String runner) {
        RunId run = webapp.enqueue("image", "wait");
        webapp.block(run);
        webapp.move(run, ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        var snapshot = webapp.latest(run);
        registry.register(
                new Workload(runner, run, snapshot, "env", "", MachinePreset.MICRO, now.get()),
                snapshot,
                ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        return run;
    }

    /// A wait counts from when it was first seen, which the test cannot see.
    private void awaitStoring() {
        await().atMost(PATIENCE).until(() -> {
            pass(THRESHOLD);
            return workloads.stores("a") + workloads.stores("b") == 1;
        });
    }

    private void awaitSuspended(RunId run) {
        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.SUSPENDED);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            workloads.answer(Optional.of("no space."));
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
