package dev.runyard.engine.schedule;

import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.ScheduleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of decisions about ticks.
public final class TickRepository {
    private final JdbcClient jdbc;
    private final Json json;

    public TickRepository(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Writes decisions; one that was made before stays as it is.
    ///
    /// @return the nominal times whose decisions are these
    Set<Instant> write(ScheduleId schedule, List<ScheduleTick> ticks) {
        List<Map<String, @Nullable Object>> rows = ticks.stream()
                .map(tick -> {
                    Map<String, @Nullable Object> row = new HashMap<>();
                    row.put("instance_id", tick.instanceId());
                    row.put("nominal_at", tick.nominalAt());
                    row.put("last_nominal_at", tick.lastNominalAt());
                    row.put("outcome", tick.outcome().name());
                    row.put("run_id", tick.runId() == null ? null : tick.runId().value());
                    row.put("reason", tick.reason());
                    row.put("decided_at", tick.decidedAt());
                    return row;
                })
                .toList();
        return new HashSet<>(jdbc.sql("""
                insert into schedule_tick (
                    instance_id, nominal_at, schedule_id, outcome, last_nominal_at, run_id, reason, decided_at)
                select instance_id, nominal_at, :schedule, outcome, last_nominal_at, run_id, reason, decided_at
                from json_to_recordset(:ticks::json) as row(
                    instance_id uuid, nominal_at timestamptz, outcome text, last_nominal_at timestamptz, run_id uuid,
                    reason text, decided_at timestamptz)
                on conflict do nothing
                returning nominal_at
                """)
                .param("schedule", schedule.value())
                .param("ticks", json.write(rows))
                .query((row, _) -> Rows.requiredInstant(row, "nominal_at"))
                .list());
    }

    /// Returns the newest decisions about a schedule, newest first.
    List<ScheduleTick> findNewest(ScheduleId schedule, int limit) {
        return jdbc.sql("select * from schedule_tick where schedule_id = ? order by nominal_at desc limit ?")
                .param(schedule.value())
                .param(limit)
                .query((row, _) -> tick(row))
                .list();
    }

    /// Returns the schedules that triggered the given runs.
    Map<RunId, ScheduleId> findSchedules(List<RunId> runs) {
        return jdbc
                .sql("select run_id, schedule_id from schedule_tick where run_id = any(?)")
                .param(runs.stream().map(RunId::value).toArray(UUID[]::new))
                .query((row, _) -> Map.entry(
                        new RunId(row.getObject("run_id", UUID.class)),
                        new ScheduleId(row.getObject("schedule_id", UUID.class))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Removes decisions that nobody asks for any more; returns how many.
    int removeOlderThan(Instant instant) {
        return jdbc.sql("delete from schedule_tick where decided_at < ?")
                .param(Rows.timestamp(instant))
                .update();
    }

    private static ScheduleTick tick(ResultSet row) throws SQLException {
        return new ScheduleTick(
                row.getObject("instance_id", UUID.class),
                Rows.requiredInstant(row, "nominal_at"),
                Rows.requiredInstant(row, "last_nominal_at"),
                ScheduleTick.Outcome.valueOf(row.getString("outcome")),
                Optional.ofNullable(Rows.uuid(row, "run_id")).map(RunId::new).orElse(null),
                row.getString("reason"),
                Rows.requiredInstant(row, "decided_at"));
    }
}
