package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static dev.runyard.engine.InMemoryControlPlane.taskWithLimits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriggerRunTest {
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

    private TriggerCommandBuilder keyed(String key) {
        return work().idempotencyKey(new TriggerCommand.IdempotencyKey(
                key, null, harness.clock.instant().plus(Duration.ofDays(30))));
    }

    @Test
    void keepsEveryOption() {
        RunId parent = harness.trigger("work");
        RunId run = harness.trigger(work().payload("{\"a\":\"ü\\u0000 \\ud83d\\ude00\"}")
                .queue("shared")
                .concurrencyKey("tenant-1")
                .machine(MachinePreset.MICRO)
                .maxAttempts(7)
                .maxDurationSeconds(90)
                .metadata("{\"m\":1}")
                .tags(List.of("b", "a"))
                .priorityMs(2_000)
                .ttl(Duration.ofMinutes(3))
                .parent(parent)
                .isTest(true)
                .build());
        RunDetail detail =
                harness.engine.queries().detail(harness.environment, run).orElseThrow();
        assertThat(detail.payload()).isEqualTo("{\"a\":\"ü\\u0000 \\ud83d\\ude00\"}");
        assertThat(detail.view().queue()).isEqualTo("shared");
        assertThat(detail.view().concurrencyKey()).isEqualTo("tenant-1");
        assertThat(detail.view().machine()).isEqualTo(MachinePreset.MICRO);
        assertThat(detail.view().maxAttempts()).isEqualTo(7);
        assertThat(detail.view().maxDurationSeconds()).isEqualTo(90);
        assertThat(detail.view().metadata()).isEqualTo("{\"m\":1}");
        assertThat(detail.view().tags()).containsExactly("a", "b");
        assertThat(detail.view().ttl()).isEqualTo(Duration.ofMinutes(3));
        assertThat(detail.view().depth()).isEqualTo(1);
        assertThat(detail.view().parent()).isEqualTo(parent);
        assertThat(detail.view().root()).isEqualTo(parent);
        assertThat(detail.view().isTest()).isTrue();
        assertThat(harness.engine.queries().children(parent)).hasSize(1);
    }

    @Test
    void takesWhatTheTaskConfigures() {
        RunId run = harness.trigger("limited");
        assertThat(harness.state(run).ttlSeconds()).isEqualTo(300);
        assertThat(harness.claimNext().maxDurationSeconds()).isEqualTo(60);
        RunId without = harness.trigger(TriggerCommand.of(harness.environment, "limited")
                .ttl(Duration.ZERO)
                .build());
        assertThat(harness.state(without).ttlSeconds()).isNull();
    }

    @Test
    @Shows("WX-5")
    void refusesAVersionThatDoesNotExist() {
        assertThat(harness.engine.trigger(work().lockToVersion("19990101.1").build()))
                .isEqualTo(new TriggerOutcome.Rejected(
                        "Task locked to version '19990101.1', but no worker found with that version."));
    }

    @Test
    @Shows("DQ-5")
    void startsALockedRunOnItsVersion() {
        RunId run = harness.trigger(work().lockToVersion("20260801.1").build());
        harness.controlPlane.deploy(harness.environment, task("work"));
        assertThat(harness.claimNext().runId()).isEqualTo(run);
        assertThat(harness.engine
                        .queries()
                        .find(harness.environment, run)
                        .orElseThrow()
                        .workerVersionId())
                .isEqualTo(harness.state(run).workerVersionId());
    }

    @Test
    @Shows("WX-9")
    void returnsTheSameRunForTheSameKey() {
        RunId first = harness.trigger(keyed("k").build());
        assertThat(harness.engine.trigger(keyed("k").build())).isEqualTo(new TriggerOutcome.Accepted(first, true));
        assertThat(harness.engine.trigger(keyed("other").build()))
                .isNotEqualTo(new TriggerOutcome.Accepted(first, true));
    }

    @Test
    void makesANewRunWhenTheKeyExpired() {
        RunId first = harness.trigger(keyed("k").build());
        harness.advance(Duration.ofDays(31));
        assertThat(harness.trigger(keyed("k").build())).isNotEqualTo(first);
    }

    @Test
    @Shows("WX-10")
    void makesANewRunWhenTheFirstFailedButNotWhenItWasCanceled() {
        RunId failed = harness.trigger(keyed("failed").build());
        harness.fail(
                harness.startNext(), TaskRunError.Internal.of(InternalErrorCode.CONFIGURED_INCORRECTLY, "no"), null);
        assertThat(harness.state(failed).status()).isEqualTo(RunStatus.SYSTEM_FAILURE);
        RunId second = harness.trigger(keyed("failed").build());
        assertThat(second).isNotEqualTo(failed);
        assertThat(harness.trigger(keyed("failed").build())).isEqualTo(second);
        RunId canceled = harness.trigger(keyed("canceled").build());
        harness.engine.cancel(harness.environment, canceled, "no");
        assertThat(harness.trigger(keyed("canceled").build())).isEqualTo(canceled);
    }

    @Test
    void answersARepeatedCallOfTheTransportWithTheSameRun() {
        TriggerCommand call = work().requestKey("6f1c").build();
        RunId first = harness.trigger(call);
        assertThat(harness.engine.trigger(call)).isEqualTo(new TriggerOutcome.Accepted(first, false));
        TriggerCommand both = keyed("k").requestKey("7a2d").build();
        RunId second = harness.trigger(both);
        assertThat(harness.trigger(both)).isEqualTo(second);
        assertThat(harness.trigger(keyed("k").requestKey("8b3e").build())).isEqualTo(second);
        assertThat(harness.trigger(work().requestKey("8b3e").build())).isEqualTo(second);
    }

    @Test
    void makesOneRunOfManyConcurrentCallsWithOneKey() throws Exception {
        Set<RunId> ids = new HashSet<>();
        int fresh = 0;
        for (TriggerOutcome outcome : concurrently(
                64, i -> () -> harness.engine.trigger(keyed("k" + i % 4).build()))) {
            TriggerOutcome.Accepted accepted = (TriggerOutcome.Accepted) outcome;
            ids.add(accepted.runId());
            fresh += accepted.isCached() ? 0 : 1;
        }
        assertThat(ids).hasSize(4);
        assertThat(fresh).isEqualTo(4);
    }

    @Test
    void sharesCommitsUnderLoadAndKeepsEveryRun() throws Exception {
        List<TriggerOutcome> outcomes = concurrently(
                500, i -> () -> harness.engine.trigger(work().payload("" + i).build()));
        assertThat(outcomes.stream().distinct()).hasSize(500);
        assertThat(harness.sql()
                        .sql("select count(*) from run_state where execution = 'QUEUED'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(500);
        assertThat(harness.claim(1000)).hasSize(100);
    }

    private static <T> List<T> concurrently(int n, IntFunction<Callable<T>> call) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = IntStream.range(0, n)
                    .mapToObj(i -> executor.submit(call.apply(i)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
