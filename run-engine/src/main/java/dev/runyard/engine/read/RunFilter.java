package dev.runyard.engine.read;

import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.ScheduleId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which runs of an environment a list shows; empty sets and absent values do not restrict.
///
/// @param environmentId whose runs
/// @param statuses one of these
/// @param tasks one of these
/// @param versions locked to one of these
/// @param tags has any of these
/// @param queues in one of these
/// @param machines on one of these
/// @param isTest only tests, or none
/// @param createdFrom triggered at or after this
/// @param createdTo triggered before this
/// @param membership only what something else made or touched
public record RunFilter(
        EnvironmentId environmentId,
        Set<RunStatus> statuses,
        Set<String> tasks,
        Set<WorkerVersionId> versions,
        Set<String> tags,
        Set<String> queues,
        Set<MachinePreset> machines,
        @Nullable Boolean isTest,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable Membership membership) {

    /// What runs belong to; absent values do not restrict.
    ///
    /// @param batch triggered in this batch
    /// @param schedule triggered by this schedule
    /// @param bulkAction canceled, replayed or made by this action
    /// @param listed in this list of the host
    public record Membership(
            @Nullable BatchId batch,
            @Nullable ScheduleId schedule,
            @Nullable BulkActionId bulkAction,
            @Nullable Listed listed) {}

    /// A list of runs that the host keeps.
    ///
    /// @param list name of the list, one of [dev.runyard.engine.directory.RunLists]
    /// @param key which of the lists of that name
    public record Listed(String list, String key) {}

    /// A filter that does not ask what runs belong to.
    public RunFilter(
            EnvironmentId environmentId,
            Set<RunStatus> statuses,
            Set<String> tasks,
            Set<WorkerVersionId> versions,
            Set<String> tags,
            Set<String> queues,
            Set<MachinePreset> machines,
            @Nullable Boolean isTest,
            @Nullable Instant createdFrom,
            @Nullable Instant createdTo) {
        this(environmentId, statuses, tasks, versions, tags, queues, machines, isTest, createdFrom, createdTo, null);
    }

    public static RunFilter all(EnvironmentId environmentId) {
        return new RunFilter(
                environmentId, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, null);
    }

    /// A place in the list, newest run first.
    ///
    /// @param size most runs, at least 1
    /// @param after show runs older than this one
    /// @param before show runs newer than this one; wins over `after`
    public record Page(
            int size, @Nullable RunId after, @Nullable RunId before) {}
}
