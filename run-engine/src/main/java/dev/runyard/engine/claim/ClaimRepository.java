package dev.runyard.engine.claim;

import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The two statements of a claim.
public final class ClaimRepository {
    private final JdbcClient jdbc;
    private final RunStateRepository states;
    private final Json json;
    private final String writeClaims = Resources.text("/sql/claim/write_claims.sql");

    public ClaimRepository(JdbcClient jdbc, RunStateRepository states, Json json) {
        this.jdbc = jdbc;
        this.states = states;
        this.json = json;
    }

    /// A claimed run with what a supervisor is told of it.
    ///
    /// @param state its state before the claim
    /// @param traceParent W3C trace context
    /// @param isTest whether it is a test
    /// @param expiresAt when its ttl is over
    record Candidate(
            RunState state,
            @Nullable String traceParent,
            boolean isTest,
            @Nullable Instant expiresAt) {}

    /// What a claim fixes on a run.
    ///
    /// @param state its state before the claim
    /// @param version version that it is locked to
    /// @param machine its size
    /// @param maxAttempts most attempts
    /// @param maxDurationSeconds longest execution
    /// @param retry retry settings
    record Assignment(
            RunState state,
            WorkerVersionId version,
            MachinePreset machine,
            @Nullable Integer maxAttempts,
            @Nullable Integer maxDurationSeconds,
            @Nullable RetryOptions retry) {}

    /// Reads the claimed runs in the order of their claims.
    List<Candidate> find(List<QueueClaim> claims) {
        UUID[] runs = claims.stream().map(claim -> claim.runId().value()).toArray(UUID[]::new);
        return jdbc.sql("""
                select
                    s.*, r.trace_parent, r.is_test,
                    (select due_at from timer where kind = 'TTL' and subject_id = s.run_id) as expires_at
                from run_state s join run r on r.id = s.run_id
                where s.run_id = any(:runs)
                order by array_position(:runs, s.run_id)
                """)
                .param("runs", runs)
                .query((row, n) -> new Candidate(
                        states.map(row, n),
                        row.getString("trace_parent"),
                        row.getBoolean("is_test"),
                        Rows.instant(row, "expires_at")))
                .list();
    }

    /// Confirms claims under an epoch; returns the runs that it found at the version they were decided on.
    ///
    /// @param holder who gets them
    Set<RunId> write(List<Assignment> assignments, String epoch, Holder holder) {
        Map<Holder, List<Assignment>> byHolder =
                assignments.stream().collect(Collectors.groupingBy(assignment -> holder.of(assignment.state())));
        Set<RunId> written = new HashSet<>();
        byHolder.forEach((actual, its) -> write(its, epoch, actual, written));
        return written;
    }

    private void write(List<Assignment> assignments, String epoch, Holder holder, Set<RunId> written) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("epoch", epoch);
        params.put("event", holder.event().name());
        params.put("execution", holder.execution().name());
        params.put("status", holder.status().name());
        params.put("started", holder.starts() ? 1 : 0);
        params.put("worker", holder.worker());
        params.put("runner", holder.runner());
        params.put("at", Rows.timestamp(holder.from()));
        params.put("lease_until", Rows.timestamp(holder.until()));
        params.put("grace_seconds", holder.maxDurationGrace().toSeconds());
        params.put(
                "runs", column(assignments, UUID[]::new, a -> a.state().runId().value()));
        params.put(
                "versions", column(assignments, Integer[]::new, a -> a.state().version()));
        params.put(
                "worker_versions",
                column(assignments, UUID[]::new, a -> a.version().value()));
        params.put(
                "machines", column(assignments, String[]::new, a -> a.machine().toString()));
        params.put("max_attempts", column(assignments, Integer[]::new, Assignment::maxAttempts));
        params.put("max_durations", column(assignments, Integer[]::new, Assignment::maxDurationSeconds));
        params.put("retries", column(assignments, String[]::new, a -> json.writeOrNull(a.retry())));
        jdbc.sql(writeClaims).params(params).query(row -> {
            written.add(new RunId(row.getObject("run_id", UUID.class)));
        });
    }

    /// Finds out which claims were written although nobody said so.
    Set<RunId> findWritten(List<Assignment> assignments, Holder holder) {
        Map<RunId, Integer> versions = assignments.stream()
                .collect(Collectors.toMap(a -> a.state().runId(), a -> a.state().version()));
        return states.findAll(versions.keySet()).stream()
                .filter(state -> state.version() == versions.getOrDefault(state.runId(), 0) + 1
                        && state.lastEvent() == holder.event()
                        && holder.worker().equals(state.worker())
                        && Objects.equals(holder.runner(), state.runner())
                        && state.leaseUntil() != null
                        && Duration.between(state.leaseUntil(), holder.until())
                                        .abs()
                                        .toNanos()
                                <= 1_000)
                .map(RunState::runId)
                .collect(Collectors.toSet());
    }

    /// Who gets the runs, and whether their attempts start in the same step.
    ///
    /// @param worker the supervisor
    /// @param runner the warm runner that starts the attempts, absent where they start later
    /// @param from now
    /// @param until when the worker is given up
    /// @param maxDurationGrace how much longer than its `maxDuration` an attempt may go unreported
    record Holder(String worker, @Nullable String runner, Instant from, Instant until, Duration maxDurationGrace) {
        boolean starts() {
            return runner != null;
        }

        /// Returns how this holder gets a given run: a warm runner cannot start what must be restored.
        Holder of(RunState state) {
            return starts() && state.checkpoint() != null
                    ? new Holder(worker, null, from, until, maxDurationGrace)
                    : this;
        }

        RunEvent event() {
            return starts() ? RunEvent.CLAIMED_AND_STARTED : RunEvent.CLAIMED;
        }

        ExecutionStatus execution() {
            return starts() ? ExecutionStatus.EXECUTING : ExecutionStatus.PENDING_EXECUTING;
        }

        RunStatus status() {
            return starts() ? RunStatus.EXECUTING : RunStatus.DEQUEUED;
        }
    }

    private static <T> T[] column(
            List<Assignment> rows, IntFunction<T[]> array, Function<Assignment, @Nullable T> value) {
        return rows.stream().map(value).toArray(array);
    }
}
