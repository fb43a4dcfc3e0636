package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.ScheduleId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run has to do with others.
///
/// @param parent run that triggered it
/// @param root first run of its tree, where that is another than its parent
/// @param replayOf run that it repeats
/// @param batch batch that it was triggered in
/// @param schedule schedule that triggered it
/// @param source who triggered it: `api`, `sdk`, `dashboard`, `cli`, `schedule`
/// @param action what they did, such as `replay`
/// @param traceId W3C trace id
/// @param children runs that it triggered, oldest first
/// @param hasMoreChildren whether there are more of them
@JsonInclude(JsonInclude.Include.NON_NULL)
record RelatedRuns(
        @Nullable Kin parent,
        @Nullable Kin root,
        @Nullable RunId replayOf,
        @Nullable BatchId batch,
        @Nullable ScheduleId schedule,
        String source,
        @Nullable String action,
        @Nullable String traceId,
        List<Kin> children,
        boolean hasMoreChildren) {
    private static final int MOST_CHILDREN = 200;
    private static final int TRACE_PARTS = 4;

    /// A run of the same tree.
    ///
    /// @param id the run
    /// @param taskId its task
    /// @param status in the words of the public API
    /// @param isAwaited whether the run that triggered it waits for it
    /// @param createdAt when it was triggered
    /// @param startedAt when a worker first took it
    /// @param finishedAt end
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Kin(
            RunId id,
            String taskId,
            String status,
            boolean isAwaited,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {
        static Kin of(RunView run) {
            return new Kin(
                    run.id(),
                    run.taskId(),
                    run.status().apiName(),
                    run.isAwaited(),
                    run.createdAt(),
                    run.startedAt(),
                    run.completedAt());
        }
    }

    static RelatedRuns of(RunDetail detail, RunEngine engine) {
        RunView run = detail.view();
        EnvironmentId environment = run.environmentId();
        List<Kin> children =
                engine.queries().children(run.id()).stream().map(Kin::of).toList();
        boolean hasMore = children.size() > MOST_CHILDREN;
        return new RelatedRuns(
                kin(engine, environment, run.parent()),
                run.root() == null || run.root().equals(run.parent()) ? null : kin(engine, environment, run.root()),
                detail.replayOf(),
                run.batch(),
                engine.schedules().triggeredBy(List.of(run.id())).get(run.id()),
                detail.origin().source(),
                detail.origin().action(),
                traceId(detail.traceParent()),
                hasMore ? children.subList(0, MOST_CHILDREN) : children,
                hasMore);
    }

    private static @Nullable Kin kin(RunEngine engine, EnvironmentId environment, @Nullable RunId id) {
        return id == null
                ? null
                : engine.queries().find(environment, id).map(Kin::of).orElse(null);
    }

    private static @Nullable String traceId(@Nullable String traceParent) {
        String[] parts = traceParent == null ? new String[0] : traceParent.split("-", -1);
        return parts.length == TRACE_PARTS ? parts[1] : null;
    }
}
