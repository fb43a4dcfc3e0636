package dev.runyard.webapp.telemetry;

import dev.runyard.webapp.auth.RunIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Keeps spans of a run, up to the limit. A span may arrive twice, first while it goes on and then with its end.
@Component
class AppendSpans {
    private final TelemetryHeadRepository heads;
    private final SpanRepository spans;
    private final TransactionTemplate transactions;
    private final int limit;

    AppendSpans(
            TelemetryHeadRepository heads,
            SpanRepository spans,
            TransactionTemplate transactions,
            TelemetryProperties properties) {
        this.heads = heads;
        this.spans = spans;
        this.transactions = transactions;
        this.limit = properties.maxSpansPerRun();
    }

    /// Returns how many of the spans were dropped.
    int append(RunIdentity run, List<SpanRecord> arrived) {
        if (arrived.isEmpty()) {
            return 0;
        }
        Map<String, SpanRecord> byId = new LinkedHashMap<>();
        arrived.forEach(span -> byId.merge(span.id(), span, (first, second) -> first.end() == null ? second : first));
        return Objects.requireNonNull(transactions.execute(_ -> write(run, byId)));
    }

    private int write(RunIdentity run, Map<String, SpanRecord> arrived) {
        TelemetryHead head = heads.count(run, 0, arrived.size());
        Set<String> known = spans.known(run.run(), arrived.keySet());
        List<SpanRecord> kept = new ArrayList<>();
        int added = 0;
        for (SpanRecord span : arrived.values()) {
            boolean isNew = !known.contains(span.id());
            if (!isNew || head.spans() + added < limit) {
                kept.add(span);
                added += isNew ? 1 : 0;
            }
        }
        if (!kept.isEmpty()) {
            spans.write(run.run(), head.spanChanges() - arrived.size() + 1, kept);
        }
        if (added > 0) {
            heads.keepSpans(run.run(), added);
        }
        return arrived.size() - kept.size();
    }
}
