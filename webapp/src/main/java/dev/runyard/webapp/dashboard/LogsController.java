package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.telemetry.FoundLine;
import dev.runyard.webapp.telemetry.LogSearch;
import dev.runyard.webapp.telemetry.SearchLogs;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Searches what all runs of an environment wrote.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/environments/{environment}/logs")
class LogsController {
    private static final int MAX_LINES = 500;
    private static final int MAX_TEXT = 200;
    private static final Duration USUAL_WINDOW = Duration.ofDays(1);
    /// Least OTLP severity numbers by level.
    private static final Map<String, Integer> LEVELS =
            Map.of("TRACE", 1, "DEBUG", 5, "INFO", 9, "WARN", 13, "ERROR", 17);

    private final DashboardRuns runs;
    private final SearchLogs searchLogs;
    private final InstantSource clock;

    LogsController(DashboardRuns runs, SearchLogs searchLogs, InstantSource clock) {
        this.runs = runs;
        this.searchLogs = searchLogs;
        this.clock = clock;
    }

    /// What somebody asks for.
    ///
    /// @param text stands in the line
    /// @param level the least serious level, such as `WARN`
    /// @param run id of a run
    /// @param task id of a task
    /// @param from begin, as ISO instant
    /// @param to end, as ISO instant
    /// @param cursor where to go on
    record Query(
            @Nullable String text,
            @Nullable String level,
            @Nullable String run,
            @Nullable String task,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cursor) {}

    @GetMapping
    LogSearchPage search(@PathVariable String environment, Query query, @RequestParam(defaultValue = "100") int limit) {
        EnvironmentId id = runs.environment(environment);
        String run = orNull(query.run());
        String cursor = orNull(query.cursor());
        LogSearch.Place before = cursor == null ? null : LogSearch.Place.parse(cursor);
        Instant to = time("to", query.to(), clock.instant().plus(Duration.ofMinutes(1)));
        Instant from = time("from", query.from(), to.minus(USUAL_WINDOW));
        // The line at the cursor may share its time with the next ones.
        Instant until =
                before == null || before.at().isAfter(to) ? to : before.at().plusNanos(1_000);
        SearchLogs.Found found = searchLogs.search(new LogSearch(
                id,
                text(query.text()),
                level(query.level()),
                run == null ? null : runs.runId(run),
                orNull(query.task()),
                from,
                until,
                before,
                Math.clamp(limit, 1, MAX_LINES)));
        String next = found.next() == null ? null : found.next().toString();
        return new LogSearchPage(found.lines(), next, found.searchedTo());
    }

    private static int level(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return 1;
        }
        Integer least = LEVELS.get(name);
        if (least == null) {
            throw new IllegalArgumentException("level must be one of TRACE, DEBUG, INFO, WARN and ERROR.");
        }
        return least;
    }

    private static @Nullable String text(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "text must have at most " + MAX_TEXT + " characters, none of them U+0000.");
        }
        return text.strip();
    }

    private static Instant time(String name, @Nullable String text, Instant otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " must be an ISO instant, such as 2026-01-31T12:00:00Z.", e);
        }
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /// @param data lines, newest first
    /// @param next ask for older lines with this, where there may be some
    /// @param searchedTo the time was over: only what was written since then was looked at
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LogSearchPage(
            List<FoundLine> data,
            @Nullable String next,
            @Nullable Instant searchedTo) {}
}
