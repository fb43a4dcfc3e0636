package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.observe.EngineMetric;
import dev.runyard.engine.retention.RemoveOldRows;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
            harness.part(RemoveOldRows.class).remove();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(partitions("202608")).isNotEmpty();
            reader.rollback();
        }
        harness.part(RemoveOldRows.class).remove();
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

    @Test
    void deletesOldBatchesOfAMonthThatStays() {
        // The second batch crosses the thousand items of one step; the third is due to the next one.
        for (int batch = 0; batch < 3; batch++) {
            insertEndedBatch(Instant.parse("2026-08-20T00:00:00Z").plusSeconds(batch), 700);
        }
        harness.sql().sql("""
                insert into batch (id, environment_id, expected, created_at, updated_at, status)
                values (first_run_id_at('2026-08-21T00:00:00Z'), ?, 1, now(), now(), 'PENDING')
                """).param(harness.environment.value()).update();
        harness.clock.set(Instant.parse("2026-10-02T00:00:00Z"));
        harness.part(RemoveOldRows.class).remove();
        assertThat(count("batch")).isEqualTo(1);
        assertThat(count("batch_item")).isZero();
        assertThat(removed("batch-item")).isEqualTo(2_100);
    }

    @Test
    void removesABulkActionWithItsItems() {
        insertEndedBulkAction(Instant.parse("2026-08-20T00:00:00Z"), 2_500);
        insertEndedBulkAction(Instant.parse("2026-09-20T00:00:00Z"), 10);
        harness.clock.set(Instant.parse("2026-10-02T00:00:00Z"));
        harness.part(RemoveOldRows.class).remove();
        assertThat(count("bulk_action")).isEqualTo(1);
        assertThat(count("bulk_item")).isEqualTo(10);
        assertThat(removed("bulk-action")).isEqualTo(2_501);
    }

    private void insertEndedBatch(Instant created, int items) {
        harness.sql()
                .sql("""
                with created as (
                    insert into batch (
                        id, environment_id, expected, received, failed, created_at, sealed_at, completed_at, updated_at, status)
                    values (first_run_id_at(:at), :environment, :items, :items, :items, :at, :at, :at, :at, 'COMPLETED')
                    returning id)
                insert into batch_item (batch_id, index, task_id, error_code, error)
                select id, i, 'work', 'NONE', 'none' from created, generate_series(0, :items - 1) i
                """)
                .param("at", created.atOffset(ZoneOffset.UTC))
                .param("environment", harness.environment.value())
                .param("items", items)
                .update();
    }

    private void insertEndedBulkAction(Instant ended, int items) {
        harness.sql()
                .sql("""
                with created as (
                    insert into bulk_action (
                        id, environment_id, kind, filter, newest_run, created_at, status, due_at, completed_at)
                    values (
                        gen_random_uuid(), :environment, 'CANCEL', '{}', gen_random_uuid(), :at, 'COMPLETED', :at, :at)
                    returning id)
                insert into bulk_item (bulk_id, run_id, outcome, planned_at)
                select id, gen_random_uuid(), 'SUCCEEDED', :at from created, generate_series(1, :items)
                """)
                .param("at", ended.atOffset(ZoneOffset.UTC))
                .param("environment", harness.environment.value())
                .param("items", items)
                .update();
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
