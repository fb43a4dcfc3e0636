package dev.runyard.engine.explain;

import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.RunId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads what an explanation is made of.
public final class ExplainRepository {
    private final JdbcClient jdbc;
    private final String findPosition = Resources.text("/sql/explain/find_position.sql");
    private final String listHolders = Resources.text("/sql/explain/list_holders.sql");

    public ExplainRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Explanation.Position position(RunState state) {
        return jdbc.sql(findPosition)
                .param("run", state.runId().value())
                .query((row, _) -> new Explanation.Position(row.getLong("in_key"), row.getLong("in_environment")))
                .single();
    }

    /// Who holds slots of a scope.
    ///
    /// @param used how many there are
    /// @param longest some of them, those first that hold theirs longest
    record Holders(int used, List<RunId> longest) {}

    /// Reads who holds slots of an environment, of one of its queues, or of one key of that.
    ///
    /// @param queue absent for the whole environment
    /// @param isOneKey whether only the runs of the same key count
    Holders holders(QueueKey key, @Nullable String queue, boolean isOneKey, int most) {
        List<RunId> runs = jdbc.sql(listHolders)
                .param("environment", key.environmentId().value())
                .param("queue", queue)
                .param("is_one_key", isOneKey)
                .param("key", key.concurrencyKey() == null ? "" : key.concurrencyKey())
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list();
        return new Holders(runs.size(), runs.stream().limit(most).toList());
    }

    List<UUID> pendingWaitpoints(RunState state) {
        return jdbc.sql("""
                select distinct waitpoint_id
                from waitpoint_edge
                where run_id = ? and wait_round = ? and not is_resolved and not is_carried
                order by waitpoint_id
                """)
                .param(state.runId().value())
                .param(state.waitRound())
                .query((row, _) -> row.getObject("waitpoint_id", UUID.class))
                .list();
    }

    Optional<Timer> nextTimer(RunState state) {
        return jdbc.sql("""
                select kind, due_at
                from timer
                where kind = any(?) and subject_id = ?
                order by due_at
                limit 1
                """)
                .param(Arrays.stream(Timer.Kind.values()).map(Enum::name).toArray(String[]::new))
                .param(state.runId().value())
                .query((row, _) -> new Timer(
                        Timer.Kind.valueOf(row.getString("kind")), state.runId(), Rows.requiredInstant(row, "due_at")))
                .optional();
    }
}
