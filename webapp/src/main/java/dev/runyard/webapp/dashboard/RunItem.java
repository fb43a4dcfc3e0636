package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as the list shows it.
///
/// @param id the run
/// @param taskId its task
/// @param status in the words of the public API
/// @param queue its queue
/// @param version number of the version that it is locked to
/// @param machine its size
/// @param attempt number of the newest attempt, 0 before the first
/// @param tags its tags
/// @param isTest whether it is a test
/// @param createdAt when it was triggered
/// @param startedAt when a worker first took it
/// @param finishedAt end
/// @param durationMs from the start to the end, of a finished run
/// @param snapshotVersion version of its state: a smaller one is older
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunItem(
        RunId id,
        String taskId,
        String status,
        String queue,
        @Nullable String version,
        @Nullable MachinePreset machine,
        int attempt,
        List<String> tags,
        boolean isTest,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long durationMs,
        int snapshotVersion) {

    static RunItem of(RunView run, @Nullable String version) {
        return new RunItem(
                run.id(),
                run.taskId(),
                run.status().apiName(),
                run.queue(),
                version,
                run.machine(),
                run.attempt(),
                run.tags(),
                run.isTest(),
                run.createdAt(),
                run.startedAt(),
                run.completedAt(),
                durationMs(run.startedAt(), run.completedAt()),
                run.version());
    }

    static @Nullable Long durationMs(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? null : Duration.between(from, to).toMillis();
    }
}
