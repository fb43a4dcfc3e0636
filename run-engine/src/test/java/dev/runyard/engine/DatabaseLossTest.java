package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// PostgreSQL breaks connections in the midst of it all: nothing is half done, nothing done twice, and
/// what was accepted stays.
class DatabaseLossTest {
    private static final int RUNS = 150;

    @Test
    void carriesOnWhileConnectionsAreKilledUnderLoad() throws InterruptedException {
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri())) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            harness.engine.start();
            Set<RunId> accepted = ConcurrentHashMap.newKeySet();
            AtomicBoolean stopping = new AtomicBoolean();
            AtomicInteger kills = new AtomicInteger();
            Thread killer = Thread.ofPlatform().start(() -> {
                while (!stopping.get() && kills.get() < 15) {
                    kills.addAndGet(killAll(harness) > 0 ? 1 : 0);
                }
            });
            Thread worker = Thread.ofPlatform().start(() -> {
                while (!stopping.get()) {
                    tolerating(() -> workOnce(harness));
                    harness.clock.advance(Duration.ofSeconds(1));
                }
            });
            for (int i = 0; i < RUNS; i++) {
                triggerUntilAccepted(harness, "key-" + i, accepted);
            }
            killer.join();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .until(() -> count(harness, "select count(*) from run_state where execution <> 'FINISHED'") == 0);
            stopping.set(true);
            worker.join();
            assertThat(kills).hasPositiveValue();
            assertNothingIsLostOrHalfDone(harness, accepted);
        }
    }

    @Test
    void knowsACommitWhoseAnswerWasLost() {
        LostCommits commits = new LostCommits();
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri(), commits::wrap)) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            commits.lose(LostCommits.WRITE_RUNS);
            RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                    .idempotencyKey(new TriggerCommand.IdempotencyKey("k", null, Instant.parse("2027-01-01T00:00:00Z")))
                    .build());
            commits.lose(LostCommits.COMMIT);
            RunState claimed = harness.claimNext();
            assertThat(claimed.runId()).isEqualTo(run);
            commits.lose(LostCommits.WRITE_TRANSITION);
            RunState started = harness.start(claimed);
            commits.lose(LostCommits.WRITE_TRANSITION);
            harness.succeed(started);
            assertThat(commits.lost).hasValue(4);
            assertThat(harness.state(run).isFinished()).isTrue();
            assertThat(count(harness, "select count(*) from run_transition")).isEqualTo(4);
        }
    }

    @Test
    void answersAnErrorWhereNothingWasWritten() {
        LostCommits commits = new LostCommits();
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri(), commits::wrap)) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            commits.refuse(true);
            assertThatThrownBy(() -> harness.trigger("work")).isInstanceOf(DataAccessException.class);
            commits.refuse(false);
            assertThat(count(harness, "select count(*) from run")).isZero();
            assertThat(harness.claim()).isEmpty();
            harness.trigger("work");
            assertThat(harness.claim()).isPresent();
        }
    }

    @Test
    void startsWithoutRedisAndTakesItUpLater() {
        TestRedis redis = TestRedis.start();
        redis.kill();
        try (EngineHarness harness = EngineHarness.create(redis.uri())) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            harness.trigger("work");
            RunId second = harness.trigger("work");
            assertThat(harness.engine.health().queue()).isEqualTo(EngineHealth.Queue.DATABASE);
            harness.succeed(harness.startNext());
            redis.revive();
            harness.step();
            assertThat(harness.engine.health().queue()).isEqualTo(EngineHealth.Queue.REDIS);
            assertThat(harness.claimNext().runId()).isEqualTo(second);
        } finally {
            redis.close();
        }
    }

    private static void workOnce(EngineHarness harness) {
        List<ClaimedRun> runs =
                harness.engine.claim(new ClaimRequest("main", EngineHarness.WORKER, 5, Duration.ofMillis(20)));
        for (ClaimedRun run : runs) {
            tolerating(() -> harness.succeed(harness.start(run.state())));
        }
    }

    /// Triggers with a key until there is a definite answer, as the official client does.
    private static void triggerUntilAccepted(EngineHarness harness, String key, Set<RunId> accepted) {
        AtomicBoolean done = new AtomicBoolean();
        while (!done.get()) {
            tolerating(() -> {
                TriggerOutcome outcome = harness.engine.trigger(TriggerCommand.of(harness.environment, "work")
                        .idempotencyKey(
                                new TriggerCommand.IdempotencyKey(key, null, Instant.parse("2030-01-01T00:00:00Z")))
                        .build());
                accepted.add(((TriggerOutcome.Accepted) outcome).runId());
                done.set(true);
            });
        }
    }

    private static void tolerating(Runnable action) {
        try {
            action.run();
        } catch (DataAccessException | TransactionException | ClassCastException e) {
            assertThat(e.getMessage()).isNotNull();
        }
    }

    private static int killAll(EngineHarness harness) {
        try {
            return count(harness, """
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()
                    """);
        } catch (DataAccessException e) {
            return 0;
        }
    }

    private static void assertNothingIsLostOrHalfDone(EngineHarness harness, Set<RunId> accepted) {
        assertThat(accepted).as("one run a key").hasSize(RUNS);
        Set<RunId> there = new HashSet<>(harness.sql()
                .sql("select run_id from run_state")
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list());
        assertThat(there).isEqualTo(accepted);
        assertThat(count(harness, "select count(*) from run")).isEqualTo(RUNS);
        assertThat(count(harness, "select count(*) from run_state where slot_held"))
                .isZero();
        assertThat(count(harness, """
                        select count(*) from run_state s
                        where s.version <> (select count(*) from run_transition t where t.run_id = s.run_id)
                        """)).isZero();
        assertThat(count(harness, """
                        select count(*) from run_state s
                        where (s.status = 'COMPLETED_SUCCESSFULLY')
                            <> exists (select from run_result r where r.run_id = s.run_id and r.error is null)
                        """)).isZero();
    }

    private static int count(EngineHarness harness, String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }
}
