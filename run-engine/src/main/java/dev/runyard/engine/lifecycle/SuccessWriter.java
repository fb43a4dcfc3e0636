package dev.runyard.engine.lifecycle;

import dev.runyard.engine.outbox.Projection;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.store.GroupCommit;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Resources;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes the end of successful runs that nobody awaits, those that end at the same moment in one statement. A run that
/// ends alone is written by [RunChangeWriter] like every other transition.
public final class SuccessWriter implements AutoCloseable {
    private final JdbcClient jdbc;
    private final Json json;
    private final RunChangeWriter single;
    private final GroupCommit<Success, OptionalLong> commits;
    private final String writeSuccesses = Resources.text("/sql/run/write_successes.sql");

    private record Success(RunChange change, RunState after) {
        int characters() {
            String output = result().output();
            return output == null ? 0 : output.length();
        }

        RunResult result() {
            return Objects.requireNonNull(change.result());
        }
    }

    /// A row of the statement's input.
    private record Row(
            UUID run,
            int before,
            long usageMs,
            Instant at,
            @Nullable String output,
            @Nullable String outputType) {}

    /// @param maxBatch most ends of one commit, at least 1
    public SuccessWriter(JdbcClient jdbc, Json json, RunChangeWriter single, int maxBatch) {
        this.jdbc = jdbc;
        this.json = json;
        this.single = single;
        this.commits = new GroupCommit<>("success-commit", maxBatch, Success::characters, this::write);
    }

    /// Tells whether a change is of the kind that is written here.
    static boolean takes(RunChange change) {
        return change.event() == RunEvent.SUCCEEDED
                && change.before().slotHeld()
                && change.before().pendingWaits() == 0
                && !change.before().awaited()
                && change.result() != null
                && change.arm() == null
                && change.disarm() == null;
    }

    /// Writes a change of that kind.
    ///
    /// @return id of the outbox row; empty where the version was not found
    OptionalLong write(RunChange change, RunState after) {
        return commits.write(new Success(change, after));
    }

    private List<OptionalLong> write(List<Success> batch) {
        if (batch.size() == 1) {
            Success alone = batch.getFirst();
            return List.of(single.write(alone.change(), alone.after(), Projection.Topic.RELEASE));
        }
        Map<UUID, Long> written = new HashMap<>();
        jdbc.sql(writeSuccesses)
                .param(
                        "batch",
                        json.write(batch.stream().map(SuccessWriter::row).toList()))
                .query(row -> {
                    written.put(row.getObject("run_id", UUID.class), row.getLong("outbox_id"));
                });
        return batch.stream()
                .map(success -> written.remove(success.after().runId().value()))
                .map(id -> id == null ? OptionalLong.empty() : OptionalLong.of(id))
                .toList();
    }

    private static Row row(Success success) {
        RunState after = success.after();
        RunResult result = success.result();
        return new Row(
                after.runId().value(),
                success.change().before().version(),
                after.usageMs(),
                after.updatedAt(),
                result.output(),
                result.outputType());
    }

    @Override
    public void close() {
        commits.close();
    }
}
