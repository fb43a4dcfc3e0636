package dev.runyard.engine.waitpoint;

import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes waitpoints. Those that are read here are locked against completion until the caller's transaction ends.
public final class WaitpointRepository {
    private final JdbcClient jdbc;
    private final String writeWaitpoint = Resources.text("/sql/waitpoint/write_waitpoint.sql");

    public WaitpointRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Makes a waitpoint unless its key leads to another one.
    ///
    /// @param completedAt when it was completed, for one that is so from the beginning
    /// @return the one that was made or found
    WaitpointId write(UUID id, NewWaitpoint request, Instant now, @Nullable Instant completedAt) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("id", id);
        params.put("environment", request.environmentId().value());
        params.put("kind", request.kind().name());
        params.put("due_at", Rows.timestampOrNull(request.dueAt()));
        NewWaitpoint.Key key = request.key();
        params.put("key", key == null ? null : key.text());
        params.put("key_expires_at", key == null ? null : Rows.timestampOrNull(key.expiresAt()));
        params.put("tags", request.tags().toArray(String[]::new));
        params.put("at", Rows.timestamp(now));
        params.put("status", completedAt == null ? "PENDING" : "COMPLETED");
        params.put("completed_at", Rows.timestampOrNull(completedAt));
        return new WaitpointId(
                jdbc.sql(writeWaitpoint).params(params).query(UUID.class).single());
    }

    /// Forgets a key whose waitpoint is gone.
    void forgetKey(NewWaitpoint request, WaitpointId missing) {
        jdbc.sql("delete from waitpoint_key where environment_id = ? and kind = ? and waitpoint_id = ?")
                .param(request.environmentId().value())
                .param(request.kind().name())
                .param(missing.value())
                .update();
    }

    /// Removes keys that lead nowhere any more; returns how many.
    int removeExpiredKeys(Instant now) {
        return jdbc.sql("delete from waitpoint_key where expires_at < ?")
                .param(Rows.timestamp(now))
                .update();
    }

    /// Makes the waitpoints of runs or batches that have none yet.
    ///
    /// @param completedAt when they were completed, for those that are so from the beginning
    /// @param isError whether their runs failed
    void writeFor(
            WaitpointKind kind,
            EnvironmentId environment,
            Collection<UUID> ids,
            Instant now,
            @Nullable Instant completedAt,
            boolean isError) {
        jdbc.sql("""
                insert into waitpoint (
                    id, environment_id, kind, created_at, status, completed_at, output_is_error)
                select id, :environment, :kind, :at, :status, :completed_at::timestamptz, :is_error
                from unnest(:ids::uuid[]) as id
                on conflict do nothing
                """)
                .param("environment", environment.value())
                .param("kind", kind.name())
                .param("ids", ids.toArray(UUID[]::new))
                .param("at", Rows.timestamp(now))
                .param("status", completedAt == null ? "PENDING" : "COMPLETED")
                .param("completed_at", Rows.timestampOrNull(completedAt))
                .param("is_error", isError)
                .update();
    }

    /// Notes that somebody waits for a run; its end then is a transaction.
    void markAwaited(RunId run) {
        jdbc.sql("update run_state set awaited = true where run_id = ? and not awaited")
                .param(run.value())
                .update();
    }

    /// A waitpoint that stays as it is until the caller's transaction ends.
    record Held(UUID id, WaitpointKind kind, boolean isCompleted) {}

    /// Reads waitpoints of an environment in the order of their ids. A completion under way is waited for.
    ///
    /// @param toChange whether the caller will change them; a shared lock that grows would invite deadlocks
    List<Held> hold(EnvironmentId environment, Collection<UUID> ids, boolean toChange) {
        return jdbc.sql("""
                select id, kind, status from waitpoint
                where id = any(?) and environment_id = ?
                order by id
                """ + (toChange ? "for no key update" : "for share"))
                .param(ids.toArray(UUID[]::new))
                .param(environment.value())
                .query((row, _) -> new Held(
                        row.getObject("id", UUID.class),
                        WaitpointKind.valueOf(row.getString("kind")),
                        row.getString("status").equals("COMPLETED")))
                .list();
    }

    /// Lets pending tokens time out at an instant unless they do earlier.
    void timeOutAt(EnvironmentId environment, Collection<UUID> ids, Instant at) {
        jdbc.sql("""
                with due as (
                    update waitpoint set due_at = least(due_at, :at)
                    where id = any(:ids) and environment_id = :environment and kind = 'MANUAL' and status = 'PENDING'
                    returning id, due_at
                )
                insert into timer (kind, subject_id, due_at)
                select 'WAITPOINT', id, due_at from due
                on conflict (kind, subject_id) do update set due_at = excluded.due_at
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .param("environment", environment.value())
                .param("at", Rows.timestamp(at))
                .update();
    }

    /// Completes a waitpoint and removes its timer; false where it was completed before, or is not there.
    boolean complete(UUID id, WaitpointOutput output, Instant now) {
        return jdbc.sql("""
                with done as (
                    update waitpoint
                    set status = 'COMPLETED', completed_at = :at, output = :output, output_type = :type,
                        output_is_error = :is_error
                    where id = :id and status = 'PENDING'
                    returning id
                ), disarmed as (
                    delete from timer where kind = 'WAITPOINT' and subject_id in (select id from done)
                )
                select id from done
                """)
                .param("id", id)
                .param("at", Rows.timestamp(now))
                .param("output", output.text())
                .param("type", output.type())
                .param("is_error", output.isError())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /// Finds what a timer is about.
    Optional<Held> find(UUID id) {
        return jdbc.sql("select id, kind, status from waitpoint where id = ?")
                .param(id)
                .query((row, _) -> new Held(
                        row.getObject("id", UUID.class),
                        WaitpointKind.valueOf(row.getString("kind")),
                        row.getString("status").equals("COMPLETED")))
                .optional();
    }
}
