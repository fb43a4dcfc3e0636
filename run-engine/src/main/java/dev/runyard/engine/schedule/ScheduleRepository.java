package dev.runyard.engine.schedule;

import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.ScheduleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of schedules and of their instances.
public final class ScheduleRepository {
    private static final String COLUMNS = """
            id, scope_id, type, task_id, deduplication_key, is_key_given, external_id, cron, time_zone, spread_window,
            catch_up, catch_up_limit, is_active, created_at, updated_at""";

    private final JdbcClient jdbc;

    public ScheduleRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Lets one transaction at a time add schedules to a scope, so that keys and counts hold.
    void lockScope(UUID scope) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('schedule ' || ?, 0)) is null")
                .param(scope.toString())
                .query(Boolean.class)
                .single();
    }

    int countActive(UUID scope) {
        return jdbc.sql("select count(*) from schedule where scope_id = ? and is_active")
                .param(scope)
                .query(Integer.class)
                .single();
    }

    Optional<Schedule> findByKey(UUID scope, String deduplicationKey) {
        return jdbc.sql("select " + COLUMNS + " from schedule where scope_id = ? and deduplication_key = ?")
                .param(scope)
                .param(deduplicationKey)
                .query((row, _) -> schedule(row))
                .optional();
    }

    Optional<Schedule> find(UUID scope, ScheduleId id) {
        return jdbc.sql("select " + COLUMNS + " from schedule where scope_id = ? and id = ?")
                .param(scope)
                .param(id.value())
                .query((row, _) -> schedule(row))
                .optional();
    }

    /// Returns the declarative schedules of an environment.
    List<Schedule> findDeclared(UUID scope, EnvironmentId environment) {
        return jdbc.sql("select " + COLUMNS + """

                from schedule
                where scope_id = ? and type = 'DECLARATIVE'
                    and id in (select schedule_id from schedule_instance where environment_id = ?)
                """)
                .param(scope)
                .param(environment.value())
                .query((row, _) -> schedule(row))
                .list();
    }

    /// Schedules of one page, and how many there are on all of them.
    record Page(List<Schedule> schedules, int count) {}

    /// Returns a page of an owner's schedules, oldest first, and how many there are.
    Page findPage(UUID scope, ScheduleFilter filter) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("scope", scope);
        params.put(
                "environment",
                filter.environment() == null ? null : filter.environment().value());
        params.put("task", filter.taskId());
        params.put("type", filter.type() == null ? null : filter.type().name());
        String where = """
                from schedule
                where scope_id = :scope
                    and (:task::text is null or task_id = :task)
                    and (:type::text is null or type = :type)
                    and (:environment::uuid is null or id in (
                        select schedule_id from schedule_instance where environment_id = :environment))
                """;
        int count = jdbc.sql("select count(*) " + where)
                .params(params)
                .query(Integer.class)
                .single();
        params.put("limit", filter.perPage());
        params.put("offset", (long) (filter.page() - 1) * filter.perPage());
        List<Schedule> schedules = jdbc.sql(
                        "select " + COLUMNS + " " + where + " order by created_at, id limit :limit offset :offset")
                .params(params)
                .query((row, _) -> schedule(row))
                .list();
        return new Page(schedules, count);
    }

    /// Writes a schedule that is new or has changed.
    void save(Schedule schedule) {
        jdbc.sql("insert into schedule (" + COLUMNS + """
                ) values (
                    :id, :scope, :type, :task, :key, :given, :external, :cron, :zone, :window,
                    :catch_up, :catch_up_limit, :active, :created, :updated)
                on conflict (id) do update set
                    task_id = excluded.task_id, external_id = excluded.external_id, cron = excluded.cron,
                    time_zone = excluded.time_zone, spread_window = excluded.spread_window,
                    catch_up = excluded.catch_up, catch_up_limit = excluded.catch_up_limit,
                    is_active = excluded.is_active, updated_at = excluded.updated_at
                """)
                .params(params(schedule))
                .update();
    }

    private static Map<String, @Nullable Object> params(Schedule schedule) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("id", schedule.id().value());
        params.put("scope", schedule.scopeId());
        params.put("type", schedule.type().name());
        params.put("task", schedule.taskId());
        params.put("key", schedule.deduplicationKey());
        params.put("given", schedule.isKeyGiven());
        params.put("external", schedule.externalId());
        params.put("cron", schedule.cron());
        params.put("zone", schedule.timeZone());
        params.put(
                "window", schedule.window() == null ? null : schedule.window().toString());
        params.put("catch_up", schedule.catchUp().policy().name());
        params.put("catch_up_limit", schedule.catchUp().limit());
        params.put("active", schedule.isActive());
        params.put("created", Rows.timestamp(schedule.createdAt()));
        params.put("updated", Rows.timestamp(schedule.updatedAt()));
        return params;
    }

    boolean delete(ScheduleId id) {
        return jdbc.sql("delete from schedule where id = ?").param(id.value()).update() > 0;
    }

    /// Deletes schedules that trigger nowhere any more; returns how many.
    int deleteAbandoned() {
        return jdbc.sql("""
                delete from schedule s
                where not exists (select from schedule_instance i where i.schedule_id = s.id)
                """).update();
    }

    static Schedule schedule(ResultSet row) throws SQLException {
        String window = row.getString("spread_window");
        return new Schedule(
                new ScheduleId(row.getObject("id", UUID.class)),
                row.getObject("scope_id", UUID.class),
                Schedule.Type.valueOf(row.getString("type")),
                row.getString("task_id"),
                row.getString("deduplication_key"),
                row.getBoolean("is_key_given"),
                row.getString("external_id"),
                row.getString("cron"),
                row.getString("time_zone"),
                window == null ? null : ScheduleWindow.parse(window),
                new CatchUp(CatchUp.Policy.valueOf(row.getString("catch_up")), Rows.integer(row, "catch_up_limit")),
                row.getBoolean("is_active"),
                Rows.requiredInstant(row, "created_at"),
                Rows.requiredInstant(row, "updated_at"));
    }
}
