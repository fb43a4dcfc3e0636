package dev.runyard.engine.version;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Finds runs that wait for a version.
public final class ParkedRunRepository {
    private final JdbcClient jdbc;
    private final RunStateRepository states;

    public ParkedRunRepository(JdbcClient jdbc, RunStateRepository states) {
        this.jdbc = jdbc;
        this.states = states;
    }

    /// A run that waits.
    ///
    /// @param state its state
    /// @param externalDeploymentId id of the deployment that its trigger named
    record Parked(RunState state, @Nullable String externalDeploymentId) {}

    /// Finds runs of an environment that wait, oldest first.
    List<Parked> find(EnvironmentId environment, RunId after, int limit) {
        return jdbc.sql("""
                select s.*, r.external_deployment_id
                from run_state s join run r on r.id = s.run_id
                where s.environment_id = ? and s.status = 'PENDING_VERSION' and s.run_id > ?
                order by s.run_id
                limit ?
                """)
                .param(environment.value())
                .param(after.value())
                .param(limit)
                .query(this::map)
                .list();
    }

    Optional<Parked> find(RunId run) {
        return jdbc.sql("""
                select s.*, r.external_deployment_id
                from run_state s join run r on r.id = s.run_id
                where s.run_id = ? and s.status = 'PENDING_VERSION'
                """).param(run.value()).query(this::map).optional();
    }

    private Parked map(ResultSet row, int rowNumber) throws SQLException {
        return new Parked(states.map(row, rowNumber), row.getString("external_deployment_id"));
    }

    /// Finds the environments in which runs wait.
    List<EnvironmentId> findEnvironments() {
        return jdbc.sql("select distinct environment_id from run_state where status = 'PENDING_VERSION'")
                .query((row, _) -> new EnvironmentId(row.getObject("environment_id", UUID.class)))
                .list();
    }
}
