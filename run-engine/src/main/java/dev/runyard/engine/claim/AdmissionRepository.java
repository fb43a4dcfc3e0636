package dev.runyard.engine.claim;

import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The statement that admits runs whose process lives.
public final class AdmissionRepository {
    private final JdbcClient jdbc;
    private final RunStateRepository states;
    private final Duration maxDurationGrace;
    private final String admitRuns = Resources.text("/sql/claim/admit_runs.sql");

    /// @param maxDurationGrace how much longer than its `maxDuration` an attempt may go unreported
    public AdmissionRepository(JdbcClient jdbc, RunStateRepository states, Duration maxDurationGrace) {
        this.jdbc = jdbc;
        this.states = states;
        this.maxDurationGrace = maxDurationGrace;
    }

    /// Admits runs that were claimed under an epoch, within the caller's transaction, which holds the queue
    /// lock; returns the new states of those that it found at the version they were claimed at.
    List<RunState> write(List<QueueClaim> claims, String epoch, Instant now) {
        return jdbc.sql(admitRuns)
                .param(
                        "runs",
                        claims.stream().map(claim -> claim.runId().value()).toArray(UUID[]::new))
                .param("versions", claims.stream().map(QueueClaim::version).toArray(Integer[]::new))
                .param("epoch", epoch)
                .param("grace_seconds", maxDurationGrace.toSeconds())
                .param("at", Rows.timestamp(now))
                .query(states::map)
                .list();
    }
}
