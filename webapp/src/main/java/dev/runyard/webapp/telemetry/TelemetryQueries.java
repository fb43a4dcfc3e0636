package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads the lines and spans of runs. Callers have checked that they may see the run.
@Component
public class TelemetryQueries {
    private final TelemetryHeadRepository heads;
    private final LogLineRepository lines;
    private final SpanRepository spans;
    private final int limit;

    TelemetryQueries(
            TelemetryHeadRepository heads,
            LogLineRepository lines,
            SpanRepository spans,
            TelemetryProperties properties) {
        this.heads = heads;
        this.lines = lines;
        this.spans = spans;
        this.limit = properties.maxLinesPerRun();
    }

    /// Reads lines with numbers greater than `seq`, in their order.
    public List<StoredLogLine> linesAfter(RunId run, long seq, int count) {
        return lines.after(run, seq, count);
    }

    /// Reads spans that were written after a change, in the order of their changes.
    public List<StoredSpan> spansAfter(RunId run, long change, int count) {
        return spans.after(run, change, count);
    }

    /// What is newest of a run.
    ///
    /// @param line number of the newest line, 0 where it has none
    /// @param spanChange number of the newest change of a span, 0 where it has none
    public record Newest(long line, long spanChange) {}

    /// Tells what is newest of a run.
    public Newest newest(RunId run) {
        TelemetryHead head = heads.find(run);
        // One more than the limit: the line that says that others were dropped.
        return new Newest(Math.min(head.lines(), limit + 1L), head.spanChanges());
    }
}
