package dev.runyard.engine.bulk;

import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads bulk actions.
public final class BulkQueries {
    private static final String ACTIONS = """
            select
                id, environment_id, kind, name, status, coalesce(total, succeeded + failed + skipped) as total,
                succeeded, failed, skipped, created_at, completed_at
            from bulk_action
            where environment_id = :environment
            """;

    private final JdbcClient jdbc;

    public BulkQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<BulkAction> find(EnvironmentId environment, BulkActionId id) {
        return jdbc.sql(ACTIONS + " and id = :id")
                .param("environment", environment.value())
                .param("id", id.value())
                .query((row, _) -> action(row))
                .optional();
    }

    BulkPage list(EnvironmentId environment, BulkPage.Place place) {
        boolean backwards = place.before() != null;
        List<BulkAction> found = new ArrayList<>(
                jdbc.sql(ACTIONS + """
                    and (:before::uuid is null or id > :before) and (:after::uuid is null or id < :after)
                """ + "order by id " + (backwards ? "asc" : "desc") + " limit :limit")
                        .param("environment", environment.value())
                        .param("before", value(place.before()))
                        .param("after", backwards ? null : value(place.after()))
                        .param("limit", place.size() + 1)
                        .query((row, _) -> action(row))
                        .list());
        boolean more = found.size() > place.size();
        if (more) {
            found.removeLast();
        }
        if (backwards) {
            Collections.reverse(found);
        }
        boolean hasNext = !found.isEmpty() && (backwards || more);
        boolean hasPrevious = !found.isEmpty() && (backwards ? more : place.after() != null);
        return new BulkPage(
                found,
                hasNext ? found.getLast().id() : null,
                hasPrevious ? found.getFirst().id() : null);
    }

    /// Finds the actions that a run was part of, and the one that made it, oldest first.
    List<BulkActionId> actionsOf(RunId run) {
        return jdbc.sql("""
                select bulk_id from bulk_item where run_id = :run
                union
                select bulk_id from bulk_item where new_run_id = :run
                order by bulk_id
                """)
                .param("run", run.value())
                .query((row, _) -> new BulkActionId(row.getObject("bulk_id", UUID.class)))
                .list();
    }

    /// Finds the runs to which nothing could be done, newest first.
    List<BulkFailure> failures(BulkActionId id, int limit) {
        return jdbc.sql("""
                select run_id, failure from bulk_item
                where bulk_id = ? and outcome = 'FAILED'
                order by run_id desc
                limit ?
                """)
                .param(id.value())
                .param(limit)
                .query((row, _) ->
                        new BulkFailure(new RunId(row.getObject("run_id", UUID.class)), row.getString("failure")))
                .list();
    }

    private static @Nullable UUID value(@Nullable BulkActionId id) {
        return id == null ? null : id.value();
    }

    private static BulkAction action(ResultSet row) throws SQLException {
        return new BulkAction(
                new BulkActionId(row.getObject("id", UUID.class)),
                new EnvironmentId(row.getObject("environment_id", UUID.class)),
                BulkKind.valueOf(row.getString("kind")),
                row.getString("name"),
                BulkStatus.valueOf(row.getString("status")),
                new BulkAction.Counts(
                        row.getInt("total"), row.getInt("succeeded"), row.getInt("failed"), row.getInt("skipped")),
                Rows.requiredInstant(row, "created_at"),
                Rows.instant(row, "completed_at"));
    }
}
