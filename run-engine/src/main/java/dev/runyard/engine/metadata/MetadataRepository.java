package dev.runyard.engine.metadata;

import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads and writes metadata and tags.
public final class MetadataRepository {
    private final JdbcClient jdbc;

    public MetadataRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Who else a run's metadata is written to.
    ///
    /// @param parent run that triggered it; the run itself where none did
    /// @param root first run of its tree
    record Family(RunId parent, RunId root) {}

    Optional<Family> findFamily(EnvironmentId environment, RunId run) {
        return jdbc.sql("""
                select coalesce(parent_run_id, id) as parent, coalesce(root_run_id, id) as root
                from run
                where id = ? and environment_id = ?
                """)
                .param(run.value())
                .param(environment.value())
                .query((row, _) -> new Family(
                        new RunId(row.getObject("parent", UUID.class)), new RunId(row.getObject("root", UUID.class))))
                .optional();
    }

    /// A run whose row is locked.
    ///
    /// @param id the run
    /// @param environmentId where it belongs
    /// @param metadata JSON object as text
    /// @param metadataVersion how often that changed
    /// @param tags as they were added
    /// @param stateVersion version of its state
    /// @param status what users see
    /// @param completedAt when it ended
    record Described(
            RunId id,
            EnvironmentId environmentId,
            @Nullable String metadata,
            int metadataVersion,
            List<String> tags,
            int stateVersion,
            RunStatus status,
            @Nullable Instant completedAt) {}

    /// Reads runs in the order of their ids and holds their rows until the caller's transaction ends.
    List<Described> lock(Collection<RunId> runs) {
        return jdbc.sql("""
                select
                    r.id, r.environment_id, r.metadata, coalesce(r.metadata_version, 0) as metadata_version, r.tags,
                    s.version, s.status, s.completed_at
                from run r join run_state s on s.run_id = r.id
                where r.id = any(?)
                order by r.id
                for no key update of r
                """)
                .param(runs.stream().map(RunId::value).toArray(UUID[]::new))
                .query(MetadataRepository::described)
                .list();
    }

    private static Described described(ResultSet row, int rowNumber) throws SQLException {
        return new Described(
                new RunId(row.getObject("id", UUID.class)),
                new EnvironmentId(row.getObject("environment_id", UUID.class)),
                row.getString("metadata"),
                row.getInt("metadata_version"),
                Rows.texts(row, "tags"),
                row.getInt("version"),
                RunStatus.valueOf(row.getString("status")),
                Rows.instant(row, "completed_at"));
    }

    /// Writes the metadata of a locked run. What the trigger gave is kept for replays at the first change.
    void writeMetadata(RunId run, String document, Instant now) {
        Map<String, Object> params = new HashMap<>();
        params.put("run", run.value());
        params.put("document", document);
        params.put("now", Rows.timestamp(now));
        jdbc.sql("""
                update run
                set metadata = :document,
                    seed_metadata = case when metadata_version is null then metadata else seed_metadata end,
                    metadata_version = coalesce(metadata_version, 0) + 1,
                    changed_at = greatest(:now, changed_at + interval '1 millisecond')
                where id = :run
                """).params(params).update();
    }

    /// Writes the tags of a locked run.
    void writeTags(RunId run, List<String> tags, Instant now) {
        jdbc.sql("""
                update run
                set tags = :tags, changed_at = greatest(:now, changed_at + interval '1 millisecond')
                where id = :run
                """)
                .param("run", run.value())
                .param("tags", tags.toArray(String[]::new))
                .param("now", Rows.timestamp(now))
                .update();
    }
}
