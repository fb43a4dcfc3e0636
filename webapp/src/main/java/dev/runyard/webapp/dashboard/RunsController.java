package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunPage;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.run.ReadRunFilter;
import dev.runyard.webapp.telemetry.StoredLogLine;
import dev.runyard.webapp.telemetry.StoredSpan;
import dev.runyard.webapp.telemetry.TelemetryQueries;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/environments/{environment}/runs")
class RunsController {
    private static final int MAX_PAGE = 100;
    private static final int MAX_LINES = 1_000;
    private static final int MAX_SPANS = 5_000;

    private final RunEngine engine;
    private final DashboardRuns runs;
    private final RunPages pages;
    private final TelemetryQueries telemetry;
    private final ReadListFilter filters;
    private final ReplayFromPage replay;

    RunsController(
            RunEngine engine,
            DashboardRuns runs,
            RunPages pages,
            TelemetryQueries telemetry,
            ReadListFilter filters,
            ReplayFromPage replay) {
        this.engine = engine;
        this.runs = runs;
        this.filters = filters;
        this.pages = pages;
        this.telemetry = telemetry;
        this.replay = replay;
    }

    @GetMapping
    RunListResponse list(
            @PathVariable String environment,
            RunListQuery query,
            @RequestParam MultiValueMap<String, String> parameters) {
        ReadRunFilter.Query asked = filters.read(runs.environment(environment), parameters);
        if (asked.matchesNothing()) {
            return new RunListResponse(List.of(), null, null);
        }
        RunPage page = engine.queries().list(asked.filter(), query.page(MAX_PAGE));
        return new RunListResponse(page.runs().stream().map(pages::item).toList(), page.next(), page.previous());
    }

    @GetMapping("/{run}")
    RunPageResponse show(@PathVariable String environment, @PathVariable String run) {
        return pages.page(runs.find(environment, run)).orElseThrow(() -> new NotFound("run"));
    }

    @GetMapping("/{run}/logs")
    LogPage logs(
            @PathVariable String environment,
            @PathVariable String run,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "1000") int limit) {
        RunView view = runs.find(environment, run);
        int count = Math.clamp(limit, 1, MAX_LINES);
        List<StoredLogLine> lines = telemetry.linesAfter(view.id(), after, count + 1);
        boolean hasMore = lines.size() > count;
        List<StoredLogLine> shown = hasMore ? lines.subList(0, count) : lines;
        return new LogPage(shown, hasMore ? shown.getLast().seq() : null);
    }

    @PostMapping("/{run}/cancel")
    ResponseEntity<Void> cancel(@PathVariable String environment, @PathVariable String run) {
        RunView view = runs.find(environment, run);
        engine.cancel(view.environmentId(), view.id(), "Canceled on the dashboard");
        return ResponseEntity.accepted().build();
    }

    /// Spans that the task sent, in the order in which they were written: one that is written again comes again.
    @GetMapping("/{run}/spans")
    SpanPage spans(
            @PathVariable String environment,
            @PathVariable String run,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "2000") int limit) {
        RunView view = runs.find(environment, run);
        int count = Math.clamp(limit, 1, MAX_SPANS);
        List<StoredSpan> spans = telemetry.spansAfter(view.id(), after, count + 1);
        boolean hasMore = spans.size() > count;
        List<StoredSpan> shown = hasMore ? spans.subList(0, count) : spans;
        return new SpanPage(shown, hasMore ? shown.getLast().change() : null);
    }

    @PostMapping("/{run}/replay")
    ResponseEntity<?> replay(
            @PathVariable String environment,
            @PathVariable String run,
            @RequestBody(required = false) @Nullable ReplayRequest request) {
        RunView view = runs.find(environment, run);
        String payload = request == null ? null : request.payload();
        TriggerOutcome outcome = replay.replay(view, payload).orElseThrow(() -> new NotFound("run"));
        return switch (outcome) {
            case TriggerOutcome.Accepted accepted ->
                ResponseEntity.status(HttpStatus.CREATED).body(new Replayed(accepted.runId()));
            case TriggerOutcome.Rejected rejected ->
                ResponseEntity.unprocessableContent()
                        .body(ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, rejected.sentence()));
        };
    }

    /// @param data lines in their order
    /// @param next ask for lines after this number, where there are more
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LogPage(List<StoredLogLine> data, @Nullable Long next) {}

    /// @param data spans in the order of their changes
    /// @param next ask for spans after this change, where there are more
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SpanPage(List<StoredSpan> data, @Nullable Long next) {}

    /// What a replay shall do differently.
    ///
    /// @param payload JSON as text, instead of the run's payload; absent keeps that
    record ReplayRequest(@Nullable String payload) {}

    /// @param id the new run
    record Replayed(RunId id) {}
}
