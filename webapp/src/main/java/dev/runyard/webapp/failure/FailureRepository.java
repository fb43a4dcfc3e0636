package dev.runyard.webapp.failure;

import dev.runyard.protocol.id.EnvironmentId;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class FailureRepository {
    private final JdbcClient jdbc;

    FailureRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Notes a failure; false where it was noted before.
    boolean add(Failure failure) {
        return jdbc.sql("""
                insert into run_failure (run_id, environment_id, fingerprint, task_id, status, name, message, at)
                values (:run, :environment, :fingerprint, :task, :status, :name, :message, :at)
                on conflict (run_id) do nothing
                """)
                        .param("run", failure.runId().value())
                        .param("environment", failure.environmentId().value())
                        .param("fingerprint", failure.fingerprint())
                        .param("task", failure.taskId())
                        .param("status", failure.status().name())
                        .param("name", failure.name())
                        .param("message", failure.message())
                        .param("at", failure.at().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    int removeBefore(Instant before, int most) {
        return jdbc.sql("""
                delete from run_failure where run_id in (
                    select run_id from run_failure where at < :before order by at limit :most)
                """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }

    void decide(EnvironmentId environment, String fingerprint, Decision decision) {
        jdbc.sql("""
                insert into failure_group (environment_id, fingerprint, state, changed_by, changed_at)
                values (:environment, :fingerprint, :state, :by, :at)
                on conflict (environment_id, fingerprint) do update
                set state = excluded.state, changed_by = excluded.changed_by, changed_at = excluded.changed_at
                """)
                .param("environment", environment.value())
                .param("fingerprint", fingerprint)
                .param("state", decision.state().name())
                .param("by", decision.by())
                .param("at", decision.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    void reopen(EnvironmentId environment, String fingerprint) {
        jdbc.sql("delete from failure_group where environment_id = :environment and fingerprint = :fingerprint")
                .param("environment", environment.value())
                .param("fingerprint", fingerprint)
                .update();
    }

    boolean exists(EnvironmentId environment, String fingerprint) {
        return jdbc.sql("""
                select exists (
                    select from run_failure where environment_id = :environment and fingerprint = :fingerprint)
                """)
                .param("environment", environment.value())
                .param("fingerprint", fingerprint)
                .query(Boolean.class)
                .single();
    }

    /// What a person decided about a kind of failure.
    ///
    /// @param by the person's address
    record Decision(FailureState state, String by, Instant at) {}
}
