package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.observe.EngineMetric;
import dev.runyard.engine.retention.RemoveOldRuns;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
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

    @Test
    void dropsAMonthWhoseRunsAllEndedLongAgo() {
        RunId old = finished();
        harness.clock.set(Instant.parse("2026-10-02T00:00:00Z"));
        harness.step();
        assertThat(harness.engine.state(old)).isEmpty();
        assertThat(partitions("202608")).isEmpty();
        assertThat(partitions("202609")).isNotEmpty();
        assertThat(removed("month")).isEqualTo(1);
    }

    @Test
    void keepsARunUntilItsTimeIsOver() {
        RunId old = finished();
        harness.clock.set(Instant.parse("2026-09-30T23:00:00Z"));
        harness.step();
        assertThat(harness.engine.state(old)).isPresent();
    }

    @Test
    void keepsWhatHasNotEndedAndDeletesTheRestOfItsMonth() {
        List<RunId> ended = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ended.add(finished());
        }
        RunId waits = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .delayUntil(Instant.parse("2027-01-01T00:00:00Z"))
                .build());
        harness.clock.set(Instant.parse("2026-10-02T00:00:00Z"));
        harness.step();
        assertThat(harness.engine.state(waits)).isPresent();
        assertThat(ended)
                .allSatisfy(run -> assertThat(harness.engine.state(run)).isEmpty());
        for (String table : List.of("run", "run_state", "run_transition")) {
            assertThat(count(table)).as(table).isEqualTo(1);
        }
        assertThat(count("run_result")).isZero();
        assertThat(removed("run")).isEqualTo(5);
        assertThat(partitions("202608")).isNotEmpty();
    }

    @Test
    void keepsARunThatEndedLateInItsMonthsPlace() {
        harness.trigger("work");
        harness.clock.set(Instant.parse("2026-09-25T00:00:00Z"));
        harness.succeed(harness.startNext());
        harness.clock.set(Instant.parse("2026-10-02T00:00:00Z"));
        harness.step();
        assertThat(count("run_state")).isEqualTo(1);
        harness.clock.set(Instant.parse("2026-10-26T00:00:00Z"));
        harness.step();
        assertThat(count("run_state")).isZero();
        assertThat(partitions("202608")).isEmpty();
    }

    @Test
    void waitsForNobodysLock() throws SQLException {
        finished();
        harness.clock.set(Instant.parse("2026-10-02T00:00:00Z"));
        try (Connection reader = harness.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("select * from run_state");
            long start = System.nanoTime();
            harness.part(RemoveOldRuns.class).remove();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(partitions("202608")).isNotEmpty();
            reader.rollback();
        }
        harness.part(RemoveOldRuns.class).remove();
        assertThat(partitions("202608")).isEmpty();
    }

    @Test
    void letsAKeyOfARunThatIsGoneMakeANewOne() {
        TriggerCommand command = TriggerCommand.of(harness.environment, "work")
                .idempotencyKey(new TriggerCommand.IdempotencyKey("once", null, Instant.parse("2027-01-01T00:00:00Z")))
                .build();
        RunId first = harness.trigger(command);
        harness.succeed(harness.startNext());
        assertThat(harness.trigger(command)).isEqualTo(first);
        harness.clock.set(Instant.parse("2026-10-02T00:00:00Z"));
        harness.step();
        RunId second = harness.trigger(command);
        assertThat(second).isNotEqualTo(first);
        assertThat(harness.trigger(command)).isEqualTo(second);
    }

    @Test
    void keepsTheMonthOfABatchThatHasNotEnded() {
        harness.sql().sql("""
                insert into batch (id, environment_id, expected, created_at, updated_at, status)
                values (first_run_id_at('2026-08-20T00:00:00Z'), ?, 1, now(), now(), 'PENDING')
                """).param(harness.environment.value()).update();
        RunId old = finished();
        harness.clock.set(Instant.parse("2026-10-02T00:00:00Z"));
        harness.step();
        assertThat(harness.engine.state(old)).isEmpty();
        assertThat(count("batch")).isEqualTo(1);
        harness.sql()
                .sql("update batch set status = 'ABORTED', completed_at = created_at - interval '9 years'")
                .update();
        harness.step();
        assertThat(partitions("202608")).isEmpty();
    }

    private RunId finished() {
        RunId run = harness.trigger("work");
        harness.succeed(harness.startNext());
        return run;
    }

    private List<String> partitions(String month) {
        return harness.sql()
                .sql("select relname from pg_class where relkind = 'r' and relname like ?")
                .param("%\\_p" + month)
                .query((row, _) -> row.getString("relname"))
                .list();
    }

    private long count(String table) {
        return harness.sql()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private double removed(String kind) {
        return harness.meters
                .get(EngineMetric.REMOVED.id())
                .tag("kind", kind)
                .counter()
                .count();
    }
}
