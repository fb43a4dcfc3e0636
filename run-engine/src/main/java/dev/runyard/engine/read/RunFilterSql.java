package dev.runyard.engine.read;

import dev.runyard.engine.directory.RunLists;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.run.RunStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The where clause of a list: only the filters that are set. Times become bounds of ids, which begin with their time.
///
/// Some conditions say what others imply already. They are the conditions of partial indexes, which the planner uses
/// only where it can prove them.
final class RunFilterSql {
    /// Every run that has not ended has a lease, or is in one of these executions; a constraint of the table says so.
    private static final String LIVE = """
            s.lease_until is not null
                or s.execution in ('QUEUED', 'QUEUED_EXECUTING')
                or s.execution in ('EXECUTING_WITH_WAITPOINTS', 'SUSPENDED')
                or s.environment_id = :environment and s.execution in ('DELAYED', 'RUN_CREATED')""";
    private static final String UNSUCCESSFUL = """
            s.environment_id = :environment and s.status = any(:statuses)
                    and s.execution = 'FINISHED' and s.status <> 'COMPLETED_SUCCESSFULLY'""";

    /// The newest runs that ended in one way, along the index of such runs.
    private static final String ENDED_SO = """
            (
                select s.run_id
                from run r
                join run_state s on s.run_id = r.id
                %s
                    and s.environment_id = :environment and s.status = '%s'
                    and s.execution = 'FINISHED' and s.status <> 'COMPLETED_SUCCESSFULLY'
                order by s.run_id %s
                limit :limit
            )""";

    private final StringBuilder sql = new StringBuilder("where r.environment_id = :environment");
    private final Map<String, Object> params = new HashMap<>();

    /// @throws IllegalArgumentException where the filter names a list that the host does not keep
    RunFilterSql(RunFilter filter, RunFilter.Page page, RunLists lists) {
        params.put("environment", filter.environmentId().value());
        boolean isUnsuccessful =
                !filter.statuses().isEmpty() && filter.statuses().stream().allMatch(RunFilterSql::isUnsuccessful);
        if (!isUnsuccessful) {
            addAny("s.status", "statuses", filter.statuses(), Enum::name);
            addExecutions(filter.statuses());
        }
        addState(filter);
        addRun(filter);
        addMembership(filter.membership());
        addListed(filter.membership(), lists);
        addPlace(page);
        String direction = page.before() != null ? "asc" : "desc";
        if (isUnsuccessful) {
            walkByStatus(filter.statuses(), direction);
        }
        sql.append("\norder by r.id ").append(direction).append("\nlimit :limit");
        params.put("limit", page.size() + 1);
    }

    private void addState(RunFilter filter) {
        addAny("s.queue", "queues", filter.queues(), Function.identity());
        addAny("s.machine", "machines", filter.machines(), Object::toString);
        if (!filter.versions().isEmpty()) {
            UUID[] ids = filter.versions().stream().map(WorkerVersionId::value).toArray(UUID[]::new);
            add("s.worker_version_id = any(:versions)", "versions", ids);
        }
    }

    private void addRun(RunFilter filter) {
        addAny("r.task_id", "tasks", filter.tasks(), Function.identity());
        if (!filter.tags().isEmpty()) {
            add(
                    "r.tags <> '{}' and r.tags && cast(:tags as text[])",
                    "tags",
                    filter.tags().toArray(String[]::new));
        }
        if (filter.isTest() != null) {
            sql.append("\n    and ").append(filter.isTest() ? "r.is_test" : "not r.is_test");
        }
        if (filter.createdFrom() != null) {
            add("r.id >= :created_from", "created_from", TimeOrderedIds.firstAt(filter.createdFrom()));
        }
        if (filter.createdTo() != null) {
            add("r.id < :created_to", "created_to", TimeOrderedIds.firstAt(filter.createdTo()));
        }
    }

    private static boolean isUnsuccessful(RunStatus status) {
        return status.isFinal() && status != RunStatus.COMPLETED_SUCCESSFULLY;
    }

    /// Asks for the newest runs of each status and takes the newest of them all. One condition for several statuses
    /// could not be answered in the order of an index: all that failed would be read and sorted for one page.
    private void walkByStatus(Set<RunStatus> statuses, String direction) {
        String conditions = sql.toString().replace(" r.id ", " s.run_id ");
        String walks = statuses.stream()
                .sorted()
                .map(status -> ENDED_SO.formatted(conditions, status.name(), direction))
                .collect(Collectors.joining("\nunion all\n"));
        sql.setLength(0);
        sql.append("where r.id in (\n").append(walks).append("\n)");
    }

    private void addExecutions(Set<RunStatus> statuses) {
        if (statuses.isEmpty() || statuses.contains(RunStatus.COMPLETED_SUCCESSFULLY)) {
            return;
        }
        boolean hasLive = statuses.stream().anyMatch(status -> !status.isFinal());
        boolean hasFinal = statuses.stream().anyMatch(RunStatus::isFinal);
        sql.append("\n    and (")
                .append(hasLive ? LIVE : "")
                .append(hasLive && hasFinal ? "\n        or " : "")
                .append(hasFinal ? UNSUCCESSFUL : "")
                .append(")");
    }

    private void addMembership(RunFilter.@Nullable Membership membership) {
        if (membership == null) {
            return;
        }
        if (membership.batch() != null) {
            add("r.batch_id = :batch", "batch", membership.batch().value());
        }
        if (membership.schedule() != null) {
            add(
                    "r.id in (select t.run_id from schedule_tick t where t.schedule_id = :schedule)",
                    "schedule",
                    membership.schedule().value());
        }
        if (membership.bulkAction() != null) {
            add("""
                    r.id in (
                        select i.run_id from bulk_item i where i.bulk_id = :bulk
                        union all
                        select i.new_run_id from bulk_item i where i.bulk_id = :bulk)""", "bulk", membership.bulkAction().value());
        }
    }

    private void addListed(RunFilter.@Nullable Membership membership, RunLists lists) {
        RunFilter.Listed listed = membership == null ? null : membership.listed();
        if (listed != null) {
            String query = lists.query(listed.list())
                    .orElseThrow(() -> new IllegalArgumentException("no list of runs is called " + listed.list()));
            add("r.id in (" + query + ")", "listed", listed.key());
        }
    }

    private void addPlace(RunFilter.Page page) {
        RunId before = page.before();
        RunId after = page.after();
        if (before != null) {
            add("r.id > :before", "before", before.value());
        } else if (after != null) {
            add("r.id < :after", "after", after.value());
        }
    }

    private <T> void addAny(String column, String name, Collection<T> values, Function<T, String> text) {
        if (!values.isEmpty()) {
            add(
                    column + " = any(:" + name + ")",
                    name,
                    values.stream().map(text).toArray(String[]::new));
        }
    }

    private void add(String condition, String name, Object value) {
        sql.append("\n    and ").append(condition);
        params.put(name, value);
    }

    String sql() {
        return sql.toString();
    }

    Map<String, Object> params() {
        return params;
    }
}
