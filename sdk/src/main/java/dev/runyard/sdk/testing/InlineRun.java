package dev.runyard.sdk.testing;

import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.internal.MetadataChanges;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run in a test.
 *
 * @param output what the task returned, after a trip through JSON; absent where it failed
 * @param error why it failed; absent where it succeeded
 * @param attempts attempts in total
 * @param retryDelays delays that a worker would have waited between them
 * @param lines what the task wrote to its logger
 * @param triggers the runs that it triggered, in that order
 * @param waits how long it waited each time, skipped
 * @param metadata its metadata at the end
 * @param parentMetadata what it changed in the metadata of the run that triggers it
 * @param rootMetadata what it changed in the metadata of the first run of its tree
 * @param tags the tags that it added
 * @param <O> the output
 */
public record InlineRun<O extends @Nullable Object>(
        @Nullable O output,
        @Nullable TaskRunError error,
        int attempts,
        List<Duration> retryDelays,
        List<Line> lines,
        List<InlineTrigger> triggers,
        List<Duration> waits,
        Map<String, Object> metadata,
        List<MetadataChange> parentMetadata,
        List<MetadataChange> rootMetadata,
        List<String> tags) {
    public InlineRun {
        retryDelays = List.copyOf(retryDelays);
        lines = List.copyOf(lines);
        triggers = List.copyOf(triggers);
        waits = List.copyOf(waits);
        parentMetadata = List.copyOf(parentMetadata);
        rootMetadata = List.copyOf(rootMetadata);
        tags = List.copyOf(tags);
    }

    static <O extends @Nullable Object> InlineRun<O> of(
            @Nullable O output, @Nullable TaskRunError error, Course course, Observed observed) {
        List<MetadataChanges> sent = observed.server().metadata();
        return new InlineRun<>(
                output,
                error,
                course.attempts(),
                course.delays(),
                observed.lines(),
                observed.server().triggers(),
                observed.time().waits(),
                course.metadata(),
                changes(sent.stream().flatMap(changes -> changes.parentOperations().stream())),
                changes(sent.stream().flatMap(changes -> changes.rootOperations().stream())),
                observed.server().tags());
    }

    private static List<MetadataChange> changes(Stream<MetadataChanges.Operation> operations) {
        return operations
                .map(one -> new MetadataChange(one.type(), Objects.requireNonNullElse(one.key(), ""), one.value()))
                .toList();
    }

    /** Tells whether it succeeded. */
    public boolean succeeded() {
        return error == null;
    }

    /** Returns the runs of one task that it triggered. */
    public List<InlineTrigger> triggersOf(String taskId) {
        return triggers.stream().filter(one -> one.taskId().equals(taskId)).toList();
    }

    /**
     * A line of the task's log.
     *
     * @param level how serious it is
     * @param message its text
     * @param attributes its data
     */
    public record Line(LogLevel level, String message, Map<String, ?> attributes) {}

    /**
     * A change of another run's metadata.
     *
     * @param type {@code set}, {@code delete}, {@code append}, {@code remove} or {@code increment}
     * @param key what is changed
     * @param value with what
     */
    public record MetadataChange(
            String type, String key, @Nullable Object value) {}

    /**
     * @param attempts how many there were
     * @param delays between them
     * @param metadata after the last
     */
    record Course(int attempts, List<Duration> delays, Map<String, Object> metadata) {}

    /**
     * @param lines what was logged
     * @param server what was asked of the server
     * @param time what was waited
     */
    record Observed(List<Line> lines, SimulatedServer server, SkippedTime time) {}
}
