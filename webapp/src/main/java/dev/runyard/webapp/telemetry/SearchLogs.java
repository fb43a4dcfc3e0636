package dev.runyard.webapp.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Searches the lines of all runs of an environment. Callers have checked that they may see the environment.
///
/// A search goes back in time in steps that grow, and ends when its time is over: it then says how far it came, instead
/// of nothing at all.
@Component
public class SearchLogs {
    private static final Duration FIRST_STEP = Duration.ofMinutes(10);
    private static final int GROWTH = 6;

    private final LogSearchRepository lines;
    private final TransactionTemplate transactions;
    private final Duration timeout;

    SearchLogs(LogSearchRepository lines, TransactionTemplate transactions, TelemetryProperties properties) {
        this.lines = lines;
        this.transactions = transactions;
        this.timeout = properties.searchTimeout();
    }

    /// @param lines what was found, newest first
    /// @param next where to go on, where there may be more
    /// @param searchedTo everything since then was looked at; absent where all was
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(
            List<FoundLine> lines,
            LogSearch.@Nullable Place next,
            @Nullable Instant searchedTo) {}

    /// Searches.
    public Found search(LogSearch search) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<FoundLine> found = new ArrayList<>();
        Instant to = search.to();
        Duration step = FIRST_STEP;
        while (found.size() < search.size() && to.isAfter(search.from())) {
            Instant from = to.minus(step).isBefore(search.from()) ? search.from() : to.minus(step);
            List<FoundLine> some = within(search.between(from, to, search.size() - found.size()), deadline);
            if (some == null) {
                return new Found(found, last(found), to);
            }
            found.addAll(some);
            to = from;
            step = step.multipliedBy(GROWTH);
        }
        return new Found(found, found.size() < search.size() ? null : last(found), null);
    }

    private @Nullable List<FoundLine> within(LogSearch step, long deadline) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (!left.isPositive()) {
            return null;
        }
        try {
            return Objects.requireNonNull(transactions.execute(_ -> {
                lines.limit(left);
                return lines.find(step);
            }));
        } catch (DataAccessException e) {
            if (isTimeout(e)) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isTimeout(DataAccessException e) {
        return e.getMostSpecificCause() instanceof SQLException cause && "57014".equals(cause.getSQLState());
    }

    private static LogSearch.@Nullable Place last(List<FoundLine> found) {
        return found.isEmpty() ? null : found.getLast().place();
    }
}
