package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Keeps lines of a run, up to the limit; the last kept line says that others were dropped.
@Component
class AppendLogs {
    private static final int WARN = 13;

    private final RunLogRepository logs;
    private final LogFeed feed;
    private final TransactionTemplate transactions;
    private final int limit;
    private final InstantSource clock;

    AppendLogs(
            RunLogRepository logs,
            LogFeed feed,
            TransactionTemplate transactions,
            TelemetryProperties properties,
            InstantSource clock) {
        this.logs = logs;
        this.feed = feed;
        this.transactions = transactions;
        this.limit = properties.maxLinesPerRun();
        this.clock = clock;
    }

    /// Returns how many of the lines were dropped.
    int append(RunId run, List<LogLine> lines) {
        if (lines.isEmpty()) {
            return 0;
        }
        Appended appended = transactions.execute(_ -> write(run, lines));
        if (appended.lastSeq() > 0) {
            feed.publish(run, appended.lastSeq());
        }
        return appended.dropped();
    }

    private Appended write(RunId run, List<LogLine> lines) {
        long received = logs.count(run, lines.size());
        long before = received - lines.size();
        int kept = (int) Math.clamp(limit - before, 0, lines.size());
        List<LogLine> written = new ArrayList<>(lines.subList(0, kept));
        if (before <= limit && received > limit) {
            written.add(lastLine(clock.instant()));
        }
        if (!written.isEmpty()) {
            logs.append(run, before + 1, written);
        }
        return new Appended(written.isEmpty() ? 0 : before + written.size(), lines.size() - kept);
    }

    private LogLine lastLine(Instant now) {
        String sentence = "This run wrote more than " + limit + " lines; further lines were dropped.";
        return new LogLine(now, WARN, "system", sentence, null, null);
    }

    private record Appended(long lastSeq, int dropped) {}
}
