package dev.runyard.engine.claim;

import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueLimit;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Resources;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What may start while Redis is away, read from the states of all runs.
public final class ReadyRunRepository {
    private static final String FIND = Resources.text("/sql/claim/find_ready.sql");
    private static final String STARTABLE =
            FIND.replace("/* lane */", "s.worker_queue = :worker_queue and s.execution = 'QUEUED' and");
    private static final String RESUMABLE = FIND.replace("/* lane */", "s.execution = 'QUEUED_EXECUTING' and");

    private final JdbcClient jdbc;
    private final RunStateRepository states;

    public ReadyRunRepository(JdbcClient jdbc, RunStateRepository states) {
        this.jdbc = jdbc;
        this.states = states;
    }

    /// Finds runs that a worker may start.
    List<RunState> findStartable(String workerQueue, Collection<EnvironmentLimits> limits, int most) {
        return jdbc.sql(STARTABLE)
                .params(params(limits, most))
                .param("worker_queue", workerQueue)
                .query(states::map)
                .list();
    }

    /// Finds runs that may go on in the process that they have.
    List<RunState> findResumable(Collection<EnvironmentLimits> limits, int most) {
        return jdbc.sql(RESUMABLE)
                .params(params(limits, most))
                .query(states::map)
                .list();
    }

    /// Tells whether any run waits to go on.
    boolean anyResumable() {
        return jdbc.sql("""
                select exists (
                    select 1 from run_state where execution = 'QUEUED_EXECUTING' and not_before is null)
                """).query(Boolean.class).single();
    }

    /// Counts the slots in use by scope: environment, queue and queue key.
    Map<String, Integer> countSlots() {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("""
                select environment_id, queue, concurrency_key, count(*) as slots
                from run_state
                where lease_until is not null and slot_held
                group by environment_id, queue, concurrency_key
                """).query(row -> {
            QueueKey key = new QueueKey(
                    new EnvironmentId(row.getObject("environment_id", UUID.class)),
                    row.getString("queue"),
                    row.getString("concurrency_key"));
            counts.merge(key.environmentScope(), row.getInt("slots"), Integer::sum);
            counts.merge(key.queueScope(), row.getInt("slots"), Integer::sum);
            counts.merge(key.keyScope(), row.getInt("slots"), Integer::sum);
        });
        return counts;
    }

    /// A queue's limits with whose they are.
    private record Owned(EnvironmentLimits environment, QueueLimit queue) {}

    private static Map<String, @Nullable Object> params(Collection<EnvironmentLimits> limits, int most) {
        List<Owned> queues = limits.stream()
                .flatMap(environment -> environment.queues().stream().map(queue -> new Owned(environment, queue)))
                .toList();
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put(
                "environments",
                column(limits, UUID[]::new, e -> e.environmentId().value()));
        params.put("burst_limits", column(limits, Integer[]::new, e -> e.isPaused() ? 0 : e.burstLimit()));
        params.put("base_limits", column(limits, Integer[]::new, EnvironmentLimits::limit));
        params.put(
                "queue_environments",
                column(queues, UUID[]::new, q -> q.environment().environmentId().value()));
        params.put("queues", column(queues, String[]::new, q -> q.queue().queue()));
        params.put("key_limits", column(queues, Integer[]::new, q -> q.queue().limit()));
        params.put(
                "combined_limits", column(queues, Integer[]::new, q -> q.queue().combinedLimit()));
        params.put("pauses", column(queues, Boolean[]::new, q -> q.queue().isPaused()));
        params.put("limit", most);
        return params;
    }

    private static <S, T> T[] column(Collection<S> rows, IntFunction<T[]> array, Function<S, @Nullable T> value) {
        return rows.stream().map(value).toArray(array);
    }
}
