package dev.runyard.engine.batch;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes runs that failed in advance.
public final class FailedRunRepository {
    private final JdbcClient jdbc;
    private final Json json;
    private final String writeFailedRuns = Resources.text("/sql/batch/write_failed_runs.sql");

    public FailedRunRepository(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void write(List<FailedRunRow> runs, Instant now) {
        jdbc.sql(writeFailedRuns)
                .param("runs", json.write(runs))
                .param("event", RunEvent.TRIGGER_FAILED.name())
                .param("execution", ExecutionStatus.FINISHED.name())
                .param("status", RunStatus.SYSTEM_FAILURE.name())
                .param("score", now.toEpochMilli())
                .param("at", Rows.timestamp(now))
                .update();
    }
}
