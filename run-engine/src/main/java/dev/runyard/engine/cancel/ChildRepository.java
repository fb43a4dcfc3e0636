package dev.runyard.engine.cancel;

import dev.runyard.protocol.id.RunId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Finds the runs that a run triggered.
public final class ChildRepository {
    private final JdbcClient jdbc;

    public ChildRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Finds children that nobody canceled yet and that did not end, in the order of their ids.
    List<RunId> findUnfinished(RunId parent, RunId after, int limit) {
        return jdbc.sql("""
                select s.run_id
                from run r
                join run_state s on s.run_id = r.id
                where r.parent_run_id = ? and r.id > ? and s.execution not in ('PENDING_CANCEL', 'FINISHED')
                order by r.id
                limit ?
                """)
                .param(parent.value())
                .param(after.value())
                .param(limit)
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list();
    }
}
