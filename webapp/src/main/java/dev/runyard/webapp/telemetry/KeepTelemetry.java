package dev.runyard.webapp.telemetry;

import dev.runyard.webapp.auth.RunIdentity;
import java.util.List;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/// Stores what a run sent, counts it, and tells those who watch the run.
@Component
class KeepTelemetry {
    private final AppendLogs appendLogs;
    private final AppendSpans appendSpans;
    private final IngestGate gate;
    private final TelemetryFeed feed;
    private final TelemetryMetrics metrics;

    KeepTelemetry(
            AppendLogs appendLogs,
            AppendSpans appendSpans,
            IngestGate gate,
            TelemetryFeed feed,
            TelemetryMetrics metrics) {
        this.appendLogs = appendLogs;
        this.appendSpans = appendSpans;
        this.gate = gate;
        this.feed = feed;
        this.metrics = metrics;
    }

    /// Returns how many of the lines were dropped, or [IngestGate#BUSY].
    int lines(RunIdentity run, List<LogLine> lines) {
        return keep(run, "line", lines.size(), () -> appendLogs.append(run, lines));
    }

    /// Returns how many of the spans were dropped, or [IngestGate#BUSY].
    int spans(RunIdentity run, List<SpanRecord> spans) {
        return keep(run, "span", spans.size(), () -> appendSpans.append(run, spans));
    }

    private int keep(RunIdentity run, String kind, int count, IntSupplier append) {
        if (count == 0) {
            return 0;
        }
        int dropped = gate.store(append);
        if (dropped != IngestGate.BUSY) {
            metrics.received(kind, count, dropped);
            feed.publish(run.run());
        }
        return dropped;
    }
}
