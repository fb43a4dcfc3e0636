package dev.runyard.webapp.telemetry;

import dev.runyard.webapp.auth.RunIdentity;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes a line into a run's log that its task did not write: what its people should know of how it was run.
@Component
public class NoteOnRun {
    private static final int WARN = 13;
    private static final String STREAM = "system";

    private final AppendLogs appendLogs;
    private final TelemetryFeed feed;
    private final TelemetryMetrics metrics;
    private final BoundedText text;
    private final InstantSource clock;

    NoteOnRun(
            AppendLogs appendLogs,
            TelemetryFeed feed,
            TelemetryMetrics metrics,
            TelemetryProperties properties,
            JsonMapper json,
            InstantSource clock) {
        this.appendLogs = appendLogs;
        this.feed = feed;
        this.metrics = metrics;
        this.text = new BoundedText(json, (int) properties.maxLine().toBytes());
        this.clock = clock;
    }

    /// Adds a warning. It counts among the run's lines.
    ///
    /// @param attempt number of the attempt that it is about
    public void warn(RunIdentity run, @Nullable Integer attempt, String sentence) {
        String message = text.cut(OtlpValue.storable(sentence));
        LogLine line = new LogLine(clock.instant(), WARN, STREAM, message, null, attempt, null);
        metrics.received("line", 1, appendLogs.append(run, List.of(line)));
        feed.publish(run.run());
    }
}
