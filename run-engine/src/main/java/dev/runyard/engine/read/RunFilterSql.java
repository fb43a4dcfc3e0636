package dev.runyard.engine.read;

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

    private final StringBuilder sql = new StringBuilder("where r.environment_id = :environment");
    private final Map<String, Object> params = new HashMap<>();

    RunFilterSql(RunFilter filter, RunFilter.Page page) {
        params.put("environment", filter.environmentId().value());
        addAny("s.status", "statuses", filter.statuses(), Enum::name);
        addExecutions(filter.statuses());
        addAny("r.task_id", "tasks", filter.tasks(), Function.identity());
        addAny("s.queue", "queues", filter.queues(), Function.identity());
        addAny("s.machine", "machines", filter.machines(), Object::toString);
        if (!filter.versions().isEmpty()) {
            UUID[] ids = filter.versions().stream().map(WorkerVersionId::value).toArray(UUID[]::new);
            add("s.worker_version_id = any(:versions)", "versions", ids);
        }
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
        addMembership(filter.membership());
        addPage(page);
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

    private void addPage(RunFilter.Page page) {
        RunId before = page.before();
        RunId after = page.after();
        if (before != null) {
            add("r.id > :before", "before", before.value());
        } else if (after != null) {
            add("r.id < :after", "after", after.value());
        }
        sql.append("\norder by r.id ").append(before != null ? "asc" : "desc").append("\nlimit :limit");
        params.put("limit", page.size() + 1);
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
