package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.queue.redis.FillRedis;
import dev.runyard.engine.queue.redis.RedisLink;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Answers H-9: whatever Redis forgets, the database knows.
class RedisLossTest {
    private TestRedis redis;
    private EngineHarness harness;

    @BeforeEach
    void start() {
        redis = TestRedis.start();
        harness = EngineHarness.create(redis.uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
        harness.limit("task/work", 2);
    }

    @AfterEach
    void stop() {
        harness.close();
        redis.close();
    }

    @Test
    void fillsAFlushedRedisAgain() {
        List<RunId> runs = trigger(5);
        List<ClaimedRun> held = harness.claim(5);
        flush();
        assertThat(harness.claim(5)).isEmpty();
        harness.step();
        assertThat(harness.claim(5)).as("two slots are still held").isEmpty();
        drain(held);
        assertAllSucceeded(runs);
    }

    @Test
    void refusesClaimsOfARedisThatWasFlushedInBetween() {
        trigger(3);
        AtomicBoolean once = new AtomicBoolean();
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.CLAIMED_IN_REDIS && !once.getAndSet(true)) {
                flush();
                harness.part(RedisLink.class).distrust();
                harness.part(FillRedis.class).ensure();
            }
        });
        int claimed = harness.claim(2).size();
        harness.step();
        claimed += harness.claim(5).size();
        assertThat(claimed).isLessThanOrEqualTo(2);
        assertThat(slots()).isLessThanOrEqualTo(2);
    }

    @Test
    void worksWithoutRedisAndGoesBackToIt() {
        List<RunId> runs = new ArrayList<>(trigger(3));
        redis.kill();
        runs.addAll(trigger(2));
        List<ClaimedRun> held = harness.claim(5);
        assertThat(held).hasSize(2);
        assertThat(harness.engine.health().queue()).isEqualTo(EngineHealth.Queue.DATABASE);
        redis.revive();
        harness.step();
        assertThat(harness.engine.health().queue()).isEqualTo(EngineHealth.Queue.REDIS);
        assertThat(harness.claim(5)).isEmpty();
        drain(held);
        assertAllSucceeded(runs);
    }

    @Test
    void doesNotTrustARedisThatRestarted() {
        List<RunId> runs = trigger(3);
        List<ClaimedRun> held = harness.claim(5);
        redis.kill();
        redis.revive();
        assertThat(harness.claim(5)).isEmpty();
        harness.step();
        drain(held);
        assertAllSucceeded(runs);
    }

    private List<RunId> trigger(int n) {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            runs.add(harness.trigger("work"));
        }
        return runs;
    }

    private void flush() {
        try (RedisClient client = RedisClient.create(redis.uri());
                var connection = client.connect()) {
            connection.sync().flushall();
        }
    }

    /// Completes runs until none is left; each claim must respect the limit.
    private void drain(List<ClaimedRun> first) {
        List<ClaimedRun> held = first;
        while (!held.isEmpty()) {
            assertThat(slots()).isLessThanOrEqualTo(2);
            held.forEach(run -> harness.succeed(harness.start(run.state())));
            harness.advance(Duration.ofMillis(300));
            held = harness.claim(5);
        }
    }

    private int slots() {
        return harness.sql()
                .sql("select count(*) from run_state where slot_held")
                .query(Integer.class)
                .single();
    }

    private void assertAllSucceeded(List<RunId> runs) {
        for (RunId run : runs) {
            assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
            assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.FINISHED);
            assertThat(harness.state(run).attempt()).isEqualTo(1);
        }
    }
}
