package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.id.WaitpointId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The where clause of a list of tokens: only the filters that are set. Times become bounds of ids.
final class WaitpointFilterSql {
    private final StringBuilder sql = new StringBuilder("where w.environment_id = :environment and w.kind = 'MANUAL'");
    private final Map<String, Object> params = new HashMap<>();

    WaitpointFilterSql(WaitpointFilter filter, WaitpointFilter.Page page) {
        params.put("environment", filter.environmentId().value());
        if (!filter.states().isEmpty()) {
            sql.append("\n    and (")
                    .append(filter.states().stream()
                            .map(WaitpointFilterSql::condition)
                            .collect(Collectors.joining(" or ")))
                    .append(")");
        }
        if (filter.idempotencyKey() != null) {
            add("w.idempotency_key = :key", "key", filter.idempotencyKey());
        }
        if (!filter.tags().isEmpty()) {
            add("w.tags && cast(:tags as text[])", "tags", filter.tags().toArray(String[]::new));
        }
        if (filter.createdFrom() != null) {
            add("w.id >= :created_from", "created_from", TimeOrderedIds.firstAt(filter.createdFrom()));
        }
        if (filter.createdTo() != null) {
            add("w.id < :created_to", "created_to", TimeOrderedIds.firstAt(filter.createdTo()));
        }
        addPage(page);
    }

    private static String condition(WaitpointFilter.State state) {
        return switch (state) {
            case WAITING -> "w.status = 'PENDING'";
            case COMPLETED -> "(w.status = 'COMPLETED' and not w.output_is_error)";
            case TIMED_OUT -> "(w.status = 'COMPLETED' and w.output_is_error)";
        };
    }

    private void addPage(WaitpointFilter.Page page) {
        WaitpointId before = page.before();
        WaitpointId after = page.after();
        if (before != null) {
            add("w.id > :before", "before", before.value());
        } else if (after != null) {
            add("w.id < :after", "after", after.value());
        }
        sql.append("\norder by w.id ").append(before != null ? "asc" : "desc").append("\nlimit :limit");
        params.put("limit", page.size() + 1);
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
