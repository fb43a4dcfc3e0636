package dev.runyard.engine.schedule;

import dev.runyard.engine.store.Rows;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.ScheduleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of instances with their timers: the two always change in one statement.
public final class InstanceRepository {
    private static final String COLUMNS = """
            i.id as instance_id, i.schedule_id, i.environment_id, i.phase, i.version, i.next_nominal_at, i.next_due_at,
            i.last_nominal_at, i.created_at as instance_created_at""";

    private final JdbcClient jdbc;

    public InstanceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// An instance and its schedule, as they were at one moment.
    record Loaded(Schedule schedule, ScheduleInstance instance) {}

    Optional<Loaded> find(UUID instance) {
        return jdbc.sql("select s.*, " + COLUMNS + """

                from schedule_instance i join schedule s on s.id = i.schedule_id
                where i.id = ?
                """)
                .param(instance)
                .query((row, _) -> new Loaded(ScheduleRepository.schedule(row), instance(row)))
                .optional();
    }

    List<ScheduleInstance> findAll(ScheduleId schedule) {
        return findAll(List.of(schedule)).getOrDefault(schedule, List.of());
    }

    Map<ScheduleId, List<ScheduleInstance>> findAll(Collection<ScheduleId> schedules) {
        Map<ScheduleId, List<ScheduleInstance>> found = new HashMap<>();
        jdbc.sql("select " + COLUMNS + """

                from schedule_instance i
                where i.schedule_id = any(?)
                order by i.created_at, i.id
                """)
                .param(schedules.stream().map(ScheduleId::value).toArray(UUID[]::new))
                .query(row -> {
                    ScheduleId schedule = new ScheduleId(row.getObject("schedule_id", UUID.class));
                    found.computeIfAbsent(schedule, _ -> new ArrayList<>()).add(instance(row));
                });
        return found;
    }

    void insert(ScheduleId schedule, ScheduleInstance instance) {
        jdbc.sql("""
                insert into schedule_instance (id, schedule_id, environment_id, phase, created_at, version)
                values (?, ?, ?, ?, ?, ?)
                """)
                .param(instance.id())
                .param(schedule.value())
                .param(instance.environmentId().value())
                .param(instance.phase())
                .param(Rows.timestamp(instance.createdAt()))
                .param(instance.version())
                .update();
    }

    /// Sets the next tick, or none, whatever version the instance is at; waits for a tick that is being written.
    void arm(UUID instance, ScheduleTiming.@Nullable Tick next) {
        jdbc.sql("""
                with changed as (
                    update schedule_instance
                    set next_nominal_at = :nominal::timestamptz, next_due_at = :due::timestamptz, version = version + 1
                    where id = :id
                    returning id, next_due_at
                ), disarmed as (
                    delete from timer
                    where kind = 'SCHEDULE' and subject_id in (select id from changed where next_due_at is null)
                )
                insert into timer (kind, subject_id, due_at)
                select 'SCHEDULE', id, next_due_at from changed where next_due_at is not null
                on conflict (kind, subject_id) do update set due_at = excluded.due_at
                """).params(nextTick(instance, next)).update();
    }

    /// Moves an instance on to its next tick, unless it changed since it was read.
    ///
    /// @param last nominal time of the latest run, where there is a new one
    /// @return whether it moved
    boolean advance(ScheduleInstance instance, ScheduleTiming.Tick next, @Nullable Instant last) {
        Map<String, @Nullable Object> params = nextTick(instance.id(), next);
        params.put("version", instance.version());
        params.put("last", Rows.timestampOrNull(last));
        return jdbc.sql("""
                with changed as (
                    update schedule_instance
                    set next_nominal_at = :nominal, next_due_at = :due, version = version + 1,
                        last_nominal_at = coalesce(:last::timestamptz, last_nominal_at)
                    where id = :id and version = :version
                    returning id, next_due_at
                )
                insert into timer (kind, subject_id, due_at)
                select 'SCHEDULE', id, next_due_at from changed
                on conflict (kind, subject_id) do update set due_at = excluded.due_at
                """).params(params).update() > 0;
    }

    /// Lets a timer fire later, unless it was armed anew in the meantime.
    void postpone(Timer timer, Instant until) {
        jdbc.sql("update timer set due_at = ? where kind = ? and subject_id = ? and due_at = ?")
                .param(Rows.timestamp(until))
                .param(timer.kind().name())
                .param(timer.subject())
                .param(Rows.timestamp(timer.dueAt()))
                .update();
    }

    private static Map<String, @Nullable Object> nextTick(UUID instance, ScheduleTiming.@Nullable Tick next) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("id", instance);
        params.put("nominal", next == null ? null : Rows.timestamp(next.nominalAt()));
        params.put("due", next == null ? null : Rows.timestamp(next.dueAt()));
        return params;
    }

    void delete(Collection<UUID> instances) {
        jdbc.sql("""
                with gone as (delete from schedule_instance where id = any(:ids) returning id)
                delete from timer where kind = 'SCHEDULE' and subject_id in (select id from gone)
                """).param("ids", instances.toArray(UUID[]::new)).update();
    }

    /// Returns the instances of an environment.
    List<UUID> findIds(EnvironmentId environment) {
        return jdbc.sql("select id from schedule_instance where environment_id = ?")
                .param(environment.value())
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /// Writes timers that are missing.
    ///
    /// @param environment where to look; everywhere if absent
    /// @return how many
    int restoreTimers(@Nullable EnvironmentId environment) {
        return jdbc.sql("""
                insert into timer (kind, subject_id, due_at)
                select 'SCHEDULE', id, next_due_at
                from schedule_instance i
                where next_due_at is not null
                    and (:environment::uuid is null or environment_id = :environment)
                    and not exists (select from timer where kind = 'SCHEDULE' and subject_id = i.id)
                on conflict do nothing
                """)
                .param("environment", environment == null ? null : environment.value())
                .update();
    }

    int countArmed(EnvironmentId environment) {
        return jdbc.sql("""
                select count(*) from schedule_instance where environment_id = ? and next_due_at is not null
                """).param(environment.value()).query(Integer.class).single();
    }

    private static ScheduleInstance instance(ResultSet row) throws SQLException {
        return new ScheduleInstance(
                row.getObject("instance_id", UUID.class),
                new EnvironmentId(row.getObject("environment_id", UUID.class)),
                row.getInt("phase"),
                row.getInt("version"),
                Rows.instant(row, "next_nominal_at"),
                Rows.instant(row, "next_due_at"),
                Rows.instant(row, "last_nominal_at"),
                Rows.requiredInstant(row, "instance_created_at"));
    }
}
