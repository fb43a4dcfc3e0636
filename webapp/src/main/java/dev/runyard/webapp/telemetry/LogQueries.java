package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads the lines of runs. Callers have checked that they may see the run.
@Component
public class LogQueries {
    private final RunLogRepository logs;
    private final int limit;

    LogQueries(RunLogRepository logs, TelemetryProperties properties) {
        this.logs = logs;
        this.limit = properties.maxLinesPerRun();
    }

    /// Reads lines with numbers greater than `seq`, in their order.
    public List<StoredLogLine> after(RunId run, long seq, int count) {
        return logs.after(run, seq, count);
    }

    /// Returns the number of a run's newest line, 0 where it has none.
    public long newest(RunId run) {
        // One more than the limit: the line that says that others were dropped.
        return Math.min(logs.received(run), limit + 1L);
    }
}
