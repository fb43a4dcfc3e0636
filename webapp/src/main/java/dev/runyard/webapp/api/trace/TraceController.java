package dev.runyard.webapp.api.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunView;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.run.RunAccess;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.auth.ApiCaller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.util.RawValue;

/// What happened in a run: as a list, as a tree, or one span of it.
@RestController
class TraceController {
    private static final RawValue NO_EVENTS = new RawValue("[]");

    private final RunAccess runs;
    private final RunEngine engine;
    private final BuildTrace buildTrace;
    private final WorkerVersions versions;
    private final InstantSource clock;

    TraceController(
            RunAccess runs, RunEngine engine, BuildTrace buildTrace, WorkerVersions versions, InstantSource clock) {
        this.runs = runs;
        this.engine = engine;
        this.buildTrace = buildTrace;
        this.versions = versions;
        this.clock = clock;
    }

    /// @param style how a page shows it
    /// @param duration in nanoseconds
    /// @param kind what it is
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Event(
            String spanId,
            @Nullable String parentId,
            String runId,
            String message,
            Map<String, String> style,
            Instant startTime,
            long duration,
            @JsonProperty("isError") boolean isError,
            @JsonProperty("isPartial") boolean isPartial,
            @JsonProperty("isCancelled") boolean isCancelled,
            String level,
            RawValue events,
            String kind,
            @Nullable Integer attemptNumber,
            @Nullable String taskSlug,
            @Nullable RawValue properties) {}

    record Events(List<Event> events) {}

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "read:runs:{run}",
            handlerDecides = true)
    @GetMapping("/api/v1/runs/{run}/events")
    Events events(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        Instant now = clock.instant();
        return new Events(all(buildTrace.build(runs.readable(caller, run)).root())
                .map(span -> new Event(
                        span.id(),
                        span.parentId(),
                        span.runId().toString(),
                        span.message(),
                        Map.of("icon", span.kind().icon()),
                        span.start(),
                        span.nanos(now),
                        span.outcome() == Span.Outcome.FAILED,
                        span.outcome() == Span.Outcome.UNDER_WAY,
                        span.outcome() == Span.Outcome.CANCELED,
                        span.level(),
                        eventsOf(span),
                        span.kind().name(),
                        span.attempt(),
                        span.kind() == Span.Kind.RUN ? span.message() : null,
                        span.properties()))
                .toList());
    }

    private static Stream<Span> all(Span span) {
        return Stream.concat(Stream.of(span), span.children().stream().flatMap(TraceController::all));
    }

    private static RawValue eventsOf(Span span) {
        return span.events() == null ? NO_EVENTS : span.events();
    }

    record TraceAnswer(Tree trace) {}

    /// @param traceId W3C trace id
    record Tree(String traceId, Node rootSpan) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Node(String id, @Nullable String parentId, String runId, NodeContent data, List<Node> children) {}

    /// @param duration in nanoseconds
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NodeContent(
            String message,
            @Nullable String taskSlug,
            RawValue events,
            Instant startTime,
            long duration,
            @JsonProperty("isError") boolean isError,
            @JsonProperty("isPartial") boolean isPartial,
            @JsonProperty("isCancelled") boolean isCancelled,
            String level,
            @Nullable String workerVersion,
            @Nullable String queueName,
            @Nullable String machinePreset,
            @Nullable RawValue properties) {}

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "read:runs:{run}",
            handlerDecides = true)
    @GetMapping("/api/v1/runs/{run}/trace")
    TraceAnswer trace(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        RunDetail detail = runs.readable(caller, run);
        BuildTrace.Trace trace = buildTrace.build(detail);
        return new TraceAnswer(new Tree(trace.traceId(), node(trace.root(), detail.view(), clock.instant())));
    }

    /// @param asked the run that is asked for; of the others less is told
    private Node node(Span span, RunView asked, Instant now) {
        boolean isRun = span.kind() == Span.Kind.RUN;
        boolean isAsked = isRun && span.runId().equals(asked.id());
        NodeContent content = new NodeContent(
                span.message(),
                isRun ? span.message() : null,
                eventsOf(span),
                span.start(),
                span.nanos(now),
                span.outcome() == Span.Outcome.FAILED,
                span.outcome() == Span.Outcome.UNDER_WAY,
                span.outcome() == Span.Outcome.CANCELED,
                span.level(),
                isAsked ? version(asked) : null,
                isAsked ? asked.queue() : null,
                isAsked && asked.machine() != null ? asked.machine().toString() : null,
                span.properties());
        List<Node> children =
                span.children().stream().map(child -> node(child, asked, now)).toList();
        return new Node(span.id(), span.parentId(), span.runId().toString(), content, children);
    }

    private @Nullable String version(RunView run) {
        return Optional.ofNullable(run.workerVersionId())
                .flatMap(versions::find)
                .map(WorkerVersion::number)
                .orElse(null);
    }

    /// @param parentId the span that it is a part of; null of the run itself
    record SpanAnswer(
            String spanId,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String parentId,

            String runId,
            String message,
            @JsonProperty("isError") boolean isError,
            @JsonProperty("isPartial") boolean isPartial,
            @JsonProperty("isCancelled") boolean isCancelled,
            String level,
            Instant startTime,
            double durationMs,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            RawValue properties,

            RawValue events,
            String entityType,
            List<TriggeredRun> triggeredRuns) {}

    record TriggeredRun(String runId, String taskIdentifier, String status, Instant createdAt) {}

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "read:runs:{run}",
            handlerDecides = true)
    @GetMapping("/api/v1/runs/{run}/spans/{span}")
    SpanAnswer span(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run, @PathVariable String span) {
        RunDetail detail = runs.readable(caller, run);
        Span found = all(buildTrace.build(detail).root())
                .filter(candidate -> candidate.id().equals(span))
                .findFirst()
                .orElseThrow(() -> ApiException.of(HttpStatus.NOT_FOUND, "Span not found"));
        return new SpanAnswer(
                found.id(),
                found.parentId(),
                found.runId().toString(),
                found.message(),
                found.outcome() == Span.Outcome.FAILED,
                found.outcome() == Span.Outcome.UNDER_WAY,
                found.outcome() == Span.Outcome.CANCELED,
                found.level(),
                found.start(),
                Duration.ofNanos(found.nanos(clock.instant())).toNanos() / 1e6,
                found.properties(),
                eventsOf(found),
                found.kind().name().toLowerCase(Locale.ROOT),
                found.kind() == Span.Kind.RUN ? triggered(found) : List.of());
    }

    private List<TriggeredRun> triggered(Span run) {
        return engine.queries().children(run.runId()).stream()
                .map(child -> new TriggeredRun(
                        child.id().toString(), child.taskId(), child.status().apiName(), child.createdAt()))
                .toList();
    }
}
