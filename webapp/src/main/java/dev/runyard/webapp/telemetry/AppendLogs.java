package dev.runyard.webapp.telemetry;

import dev.runyard.webapp.auth.RunIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Keeps lines of a run, up to the limit; the last kept line says that others were dropped.
@Component
class AppendLogs {
    private static final int WARN = 13;

    private final TelemetryHeadRepository heads;
    private final LogLineRepository lines;
    private final TransactionTemplate transactions;
    private final int limit;
    private final InstantSource clock;

    AppendLogs(
            TelemetryHeadRepository heads,
            LogLineRepository lines,
            TransactionTemplate transactions,
            TelemetryProperties properties,
            InstantSource clock) {
        this.heads = heads;
        this.lines = lines;
        this.transactions = transactions;
        this.limit = properties.maxLinesPerRun();
        this.clock = clock;
    }

    /// Returns how many of the lines were dropped.
    int append(RunIdentity run, List<LogLine> arrived) {
        return arrived.isEmpty() ? 0 : Objects.requireNonNull(transactions.execute(_ -> write(run, arrived)));
    }

    private int write(RunIdentity run, List<LogLine> arrived) {
        long received = heads.count(run, arrived.size(), 0).lines();
        long before = received - arrived.size();
        int kept = (int) Math.clamp(limit - before, 0, arrived.size());
        List<LogLine> written = new ArrayList<>(arrived.subList(0, kept));
        if (before <= limit && received > limit) {
            written.add(lastLine(clock.instant()));
        }
        if (!written.isEmpty()) {
            lines.append(run, before + 1, written);
        }
        return arrived.size() - kept;
    }

    private LogLine lastLine(Instant now) {
        String sentence = "This run wrote more than " + limit + " lines; further lines were dropped.";
        return new LogLine(now, WARN, "system", sentence, null, null, null);
    }
}
