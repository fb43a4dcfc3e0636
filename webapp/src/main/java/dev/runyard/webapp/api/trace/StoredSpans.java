package dev.runyard.webapp.api.trace;

import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.telemetry.SpanKind;
import dev.runyard.webapp.telemetry.SpanStatus;
import dev.runyard.webapp.telemetry.StoredLogLine;
import dev.runyard.webapp.telemetry.StoredSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/// Fits what a run's task sent into what the engine knows of the run.
///
/// The engine's word holds where both tell of the same: an attempt that the runner sent too stands for the
/// engine's, and a wait of the engine's is left out where the runner sent it with a better name.
final class StoredSpans {
    private static final Logger LOG = LoggerFactory.getLogger(StoredSpans.class);
    /// Set by the sdk on the span of a trigger.
    private static final String TRIGGERED = "run.id";

    private final RunId run;
    private final String rootId;
    private final List<Span> attempts;
    private final List<StoredSpan> stored;
    private final Set<String> ids;
    /// Spans of attempts that stand for the engine's.
    private final Map<String, String> aliases = new HashMap<>();
    /// Spans in which runs were triggered, by the run.
    private final Map<String, String> triggers = new HashMap<>();

    StoredSpans(Span root, List<Span> attempts, List<StoredSpan> stored, JsonMapper json) {
        this.run = root.runId();
        this.rootId = root.id();
        this.attempts = attempts;
        this.stored = stored;
        this.ids = stored.stream().map(StoredSpan::id).collect(Collectors.toUnmodifiableSet());
        for (StoredSpan span : stored) {
            if (span.kind() == SpanKind.ATTEMPT) {
                attempt(span.attempt(), span.startedAt()).ifPresent(attempt -> aliases.put(span.id(), attempt.id()));
            }
            triggered(span.attributes(), json).ifPresent(triggered -> triggers.put(triggered, span.id()));
        }
    }

    /// Reads which run a span says to have triggered. Senders write what they like, so it may not be JSON.
    private static Optional<String> triggered(@Nullable String attributes, JsonMapper json) {
        if (attributes == null || !attributes.contains(TRIGGERED)) {
            return Optional.empty();
        }
        try {
            return json.readTree(attributes).path(TRIGGERED).asStringOpt();
        } catch (JacksonException e) {
            LOG.debug("attributes of a span are not JSON", e);
            return Optional.empty();
        }
    }

    /// Returns the span in which a run was triggered; the root where none says so.
    String parentOf(RunId child) {
        return triggers.getOrDefault(child.toString(), rootId);
    }

    /// Returns the attempts without their parts, their waits, and what the task sent.
    List<Span> spans() {
        List<Span> all = new ArrayList<>();
        for (Span attempt : attempts) {
            all.add(attempt.with(List.of()));
            attempt.children().stream().filter(wait -> !isSentToo(wait)).forEach(all::add);
        }
        stored.stream()
                .filter(span -> !aliases.containsKey(span.id()))
                .map(this::span)
                .forEach(all::add);
        return all;
    }

    /// Returns the span in which a line was written.
    String parentOf(StoredLogLine line) {
        return parent(line.spanId(), line.attempt(), line.at());
    }

    private boolean isSentToo(Span wait) {
        return stored.stream()
                .filter(span -> span.kind() == SpanKind.WAIT && Objects.equals(wait.attempt(), span.attempt()))
                .anyMatch(span -> !span.startedAt().isAfter(wait.start())
                        && (span.endedAt() == null || span.endedAt().isAfter(wait.start())));
    }

    private Span span(StoredSpan span) {
        Optional<Span> attempt = attempt(span.attempt(), span.startedAt());
        Instant end = span.endedAt() == null ? attempt.map(Span::end).orElse(null) : span.endedAt();
        Span.Outcome outcome =
                span.endedAt() == null ? attempt.map(Span::outcome).orElse(Span.Outcome.UNDER_WAY) : outcome(span);
        return new Span(
                span.id(),
                parent(span.parentId(), span.attempt(), span.startedAt()),
                run,
                span.kind() == SpanKind.WAIT ? Span.Kind.WAIT : Span.Kind.SPAN,
                span.name(),
                "TRACE",
                span.startedAt(),
                end,
                outcome,
                span.attempt(),
                raw(span.attributes()),
                raw(span.events()),
                List.of());
    }

    private static Span.Outcome outcome(StoredSpan span) {
        return span.status() == SpanStatus.ERROR ? Span.Outcome.FAILED : Span.Outcome.DONE;
    }

    private static @Nullable RawValue raw(@Nullable String json) {
        return json == null ? null : new RawValue(json);
    }

    private String parent(@Nullable String named, @Nullable Integer attempt, Instant at) {
        String alias = named == null ? null : aliases.get(named);
        if (alias != null) {
            return alias;
        }
        if (named != null && ids.contains(named)) {
            return named;
        }
        return attempt(attempt, at).map(Span::id).orElse(rootId);
    }

    /// Finds the newest attempt of a number that had begun; a lost attempt is repeated under its number.
    private Optional<Span> attempt(@Nullable Integer number, Instant at) {
        return attempts.stream()
                .filter(attempt -> number != null && number.equals(attempt.attempt()))
                .reduce((earlier, later) -> later.start().isAfter(at) ? earlier : later);
    }
}
