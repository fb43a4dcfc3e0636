package dev.runyard.webapp.api.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.gate.QueueView;
import dev.runyard.engine.queue.QueueSettings;
import dev.runyard.webapp.tenant.QueueIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A queue as the API shows it.
///
/// @param name without the prefix of a task's own queue
/// @param type `task` for a task's own queue, else `custom`
/// @param concurrencyLimit the limit in force; null where only the environment's holds
record QueueItem(
        String id,
        String name,
        String type,
        long running,
        long queued,
        boolean paused,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Integer concurrencyLimit,
        Concurrency concurrency) {
    static final String TASK_PREFIX = "task/";

    /// Clients want every member, also where it is null.
    ///
    /// @param current the limit in force
    /// @param base what the version declares
    /// @param override what an operator put in its place
    /// @param overriddenAt since when
    /// @param overriddenBy who did it; null where a key did
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Concurrency(
            @Nullable Integer current,
            @Nullable Integer base,
            @Nullable Integer override,
            @Nullable Instant overriddenAt,
            @Nullable String overriddenBy) {}

    static QueueItem of(QueueView view) {
        QueueSettings settings = view.settings();
        QueueView.Overridden overridden = view.overridden();
        boolean isTask = settings.name().startsWith(TASK_PREFIX);
        return new QueueItem(
                QueueIds.of(settings.environmentId(), settings.name()),
                isTask ? settings.name().substring(TASK_PREFIX.length()) : settings.name(),
                isTask ? "task" : "custom",
                view.running(),
                view.queued(),
                settings.isPaused(),
                view.limitInForce(),
                new Concurrency(
                        view.limitInForce(),
                        settings.declaredLimit(),
                        settings.isOverridden() ? view.limitInForce() : null,
                        overridden == null ? null : overridden.at(),
                        overridden == null ? null : overridden.by()));
    }
}
