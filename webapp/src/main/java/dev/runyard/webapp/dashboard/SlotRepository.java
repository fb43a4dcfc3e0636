package dev.runyard.webapp.dashboard;

import dev.runyard.engine.read.RunView;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads what the engine's limits are up against. Only runs that hold a slot are read, through the index of the leases.
@Repository
class SlotRepository {
    private final JdbcClient jdbc;

    SlotRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    SlotCount countFor(RunView run) {
        return jdbc.sql("""
                with held as (
                    select queue, concurrency_key from run_state
                    where lease_until is not null and slot_held and environment_id = :environment
                ),
                settings as (
                    select concurrency_limit, is_paused from task_queue
                    where environment_id = :environment and name = :queue
                )
                select
                    (select count(*) from held) as environment_held,
                    (select count(*) from held
                        where queue = :queue and concurrency_key is not distinct from :key::text) as queue_held,
                    (select concurrency_limit from settings) as queue_limit,
                    coalesce((select is_paused from settings), false) as is_queue_paused
                """)
                .param("environment", run.environmentId().value())
                .param("queue", run.queue())
                .param("key", run.concurrencyKey())
                .query(SlotRepository::map)
                .single();
    }

    private static SlotCount map(ResultSet row, int rowNumber) throws SQLException {
        return new SlotCount(
                row.getInt("environment_held"),
                row.getInt("queue_held"),
                row.getObject("queue_limit", Integer.class),
                row.getBoolean("is_queue_paused"));
    }
}
