package dev.runyard.engine.lifecycle;

import dev.runyard.engine.outbox.Projection;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.engine.timer.Timer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The one statement that writes a transition: state, history, result, timer and outbox together.
public final class RunChangeWriter {
    private final JdbcClient jdbc;
    private final Json json;
    private final String plain = Resources.text("/sql/run/write_transition.sql");
    private final Map<Set<Part>, String> statements = new ConcurrentHashMap<>();

    /// What only some transitions write.
    private enum Part {
        TIMERS,
        SCHEDULE,
        WORKER_QUEUE,
        INPUT;

        private final String mark = "/* " + name().toLowerCase(Locale.ROOT) + " */";
        private final String sql = Resources.text("/sql/run/" + name().toLowerCase(Locale.ROOT) + "_of_transition.sql");
    }

    public RunChangeWriter(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Writes a change whose states were checked.
    ///
    /// @return id of the outbox row, 0 where Redis need not hear of it; empty where the version was not found
    OptionalLong write(RunChange change, RunState after, Projection.Topic topic) {
        Set<Part> parts = partsOf(change, after);
        Map<String, @Nullable Object> values = stateValues(after);
        values.put("before", change.before().version());
        values.put("pending_before", change.before().pendingWaits());
        values.put("awaited", change.before().awaited());
        values.put("detail", json.writeOrNull(change.error()));
        values.put("topic", topic == Projection.Topic.NONE ? null : topic.name());
        putResult(values, change.result());
        putTimer(values, change);
        putSchedule(values, after);
        putInput(values, change.input());
        return jdbc.sql(statements.computeIfAbsent(parts, this::statement))
                .params(values)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private static Set<Part> partsOf(RunChange change, RunState after) {
        RunState before = change.before();
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (change.arm() != null || change.disarm() != null) {
            parts.add(Part.TIMERS);
        }
        boolean sameSchedule = Objects.equals(before.delayUntil(), after.delayUntil())
                && before.score() == after.score()
                && Objects.equals(before.workerVersionId(), after.workerVersionId())
                && Objects.equals(before.maxAttempts(), after.maxAttempts())
                && Objects.equals(before.maxDurationSeconds(), after.maxDurationSeconds());
        if (!sameSchedule) {
            parts.add(Part.SCHEDULE);
        }
        if (!before.workerQueue().equals(after.workerQueue())) {
            parts.add(Part.WORKER_QUEUE);
        }
        if (change.input() != null) {
            parts.add(Part.INPUT);
        }
        return parts;
    }

    private String statement(Set<Part> parts) {
        String sql = plain;
        for (Part part : parts) {
            sql = sql.replace(part.mark, part.sql);
        }
        return sql;
    }

    private Map<String, @Nullable Object> stateValues(RunState after) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("run", after.runId().value());
        values.put("version", after.version());
        values.put("event", after.lastEvent().name());
        values.put("execution", after.execution().name());
        values.put("status", after.status().name());
        values.put("reason", after.statusReason());
        values.put("not_before", Rows.timestampOrNull(after.notBefore()));
        values.put("slot_held", after.slotHeld());
        values.put("attempt", after.attempt());
        values.put("dispatches", after.dispatches());
        values.put("machine", after.machine() == null ? null : after.machine().toString());
        values.put("worker", after.worker());
        values.put("runner", after.runner());
        values.put("lease_until", Rows.timestampOrNull(after.leaseUntil()));
        values.put("attempt_started_at", Rows.timestampOrNull(after.attemptStartedAt()));
        values.put("completed_at", Rows.timestampOrNull(after.completedAt()));
        values.put("usage_ms", after.usageMs());
        values.put("pending_waits", after.pendingWaits());
        values.put("wait_round", after.waitRound());
        values.put("waiting_since", Rows.timestampOrNull(after.waitingSince()));
        values.put("checkpoint", json.writeOrNull(after.checkpoint()));
        values.put("at", Rows.timestamp(after.updatedAt()));
        return values;
    }

    private void putResult(Map<String, @Nullable Object> values, @Nullable RunResult result) {
        values.put("has_result", result != null);
        values.put("output", result == null ? null : result.output());
        values.put("output_type", result == null ? null : result.outputType());
        values.put("error", result == null ? null : json.writeOrNull(result.error()));
    }

    private static void putTimer(Map<String, @Nullable Object> values, RunChange change) {
        Timer arm = change.arm();
        values.put("arm_kind", arm == null ? null : arm.kind().name());
        values.put("arm_due", arm == null ? null : Rows.timestamp(arm.dueAt()));
        values.put(
                "disarm_kind", change.disarm() == null ? null : change.disarm().name());
    }

    private static void putSchedule(Map<String, @Nullable Object> values, RunState after) {
        values.put("worker_queue", after.workerQueue());
        values.put("delay_until", Rows.timestampOrNull(after.delayUntil()));
        values.put("score", after.score());
        values.put(
                "worker_version",
                after.workerVersionId() == null ? null : after.workerVersionId().value());
        values.put("max_attempts", after.maxAttempts());
        values.put("max_duration", after.maxDurationSeconds());
    }

    private static void putInput(Map<String, @Nullable Object> values, @Nullable RunInput input) {
        if (input != null) {
            values.put("payload", input.payload());
            values.put("payload_type", input.payloadType());
            values.put("metadata", input.metadata());
            values.put("tags", input.tags().toArray(String[]::new));
        }
    }
}
