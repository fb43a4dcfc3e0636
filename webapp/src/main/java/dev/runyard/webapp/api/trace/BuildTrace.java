package dev.runyard.webapp.api.trace;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.webapp.telemetry.StoredLogLine;
import dev.runyard.webapp.telemetry.TelemetryQueries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/// Puts the spans of a run together.
@Component
class BuildTrace {
    private static final int MAX_LINES = 2_000;
    private static final int MAX_SPANS = 20_000;
    /// Runs of a tree whose spans are shown; more nobody reads.
    private static final int MAX_RUNS = 200;

    private final RunEngine engine;
    private final TelemetryQueries telemetry;
    private final JsonMapper json;

    BuildTrace(RunEngine engine, TelemetryQueries telemetry, JsonMapper json) {
        this.engine = engine;
        this.telemetry = telemetry;
        this.json = json;
    }

    /// @param root the run
    /// @param traceId W3C trace id
    record Trace(Span root, String traceId) {}

    Trace build(RunDetail detail) {
        RunView run = detail.view();
        Span root = span(run, Span.idOf(run.id(), "run"), null);
        List<Span> attempts = AttemptSpans.of(run.id(), root.id(), detail.transitions());
        StoredSpans stored = new StoredSpans(root, attempts, telemetry.spansAfter(run.id(), 0, MAX_SPANS), json);
        List<Span> parts = new ArrayList<>(stored.spans());
        telemetry.linesAfter(run.id(), 0, MAX_LINES).stream()
                .map(line -> line(run.id(), stored.parentOf(line), line))
                .forEach(parts::add);
        children(run, root.id(), new int[] {MAX_RUNS}).stream()
                .map(child -> child.under(stored.parentOf(child.runId())))
                .forEach(parts::add);
        return new Trace(SpanTree.assemble(root, parts), traceId(detail));
    }

    private List<Span> children(RunView run, String parentId, int[] left) {
        List<Span> spans = new ArrayList<>();
        for (RunView child : engine.queries().children(run.id())) {
            if (left[0]-- <= 0) {
                return spans;
            }
            String id = Span.idOf(child.id(), "run");
            spans.add(span(child, id, parentId).with(sorted(children(child, id, left))));
        }
        return spans;
    }

    private static Span span(RunView run, String id, @Nullable String parentId) {
        return new Span(
                id,
                parentId,
                run.id(),
                Span.Kind.RUN,
                run.taskId(),
                "TRACE",
                run.createdAt(),
                run.completedAt(),
                outcome(run.status()),
                null,
                null,
                null,
                List.of());
    }

    private static Span.Outcome outcome(RunStatus status) {
        if (!status.isFinal()) {
            return Span.Outcome.UNDER_WAY;
        }
        return switch (status) {
            case COMPLETED_SUCCESSFULLY -> Span.Outcome.DONE;
            case CANCELED -> Span.Outcome.CANCELED;
            default -> Span.Outcome.FAILED;
        };
    }

    private static Span line(RunId run, String parentId, StoredLogLine line) {
        String level = line.level().equals("FATAL") ? "ERROR" : line.level();
        return new Span(
                Span.idOf(run, "log/" + line.seq()),
                parentId,
                run,
                Span.Kind.LOG,
                line.message(),
                level,
                line.at(),
                line.at(),
                level.equals("ERROR") ? Span.Outcome.FAILED : Span.Outcome.DONE,
                line.attempt(),
                line.attributes() == null ? null : new RawValue(line.attributes()),
                null,
                List.of());
    }

    private static List<Span> sorted(List<Span> spans) {
        return spans.stream().sorted(Comparator.comparing(Span::start)).toList();
    }

    private static String traceId(RunDetail detail) {
        String parent = detail.traceParent();
        return parent == null ? "0".repeat(32) : parent.split("-", -1)[1];
    }
}
