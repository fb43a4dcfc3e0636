package dev.runyard.webapp.dashboard.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.batch.BatchPage;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.dashboard.DashboardRuns;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Batches of an environment, the newest first.
@RestController
@Permit(to = Credential.SESSION)
class BatchListController {
    private static final int PAGE_SIZE = 50;

    private final RunEngine engine;
    private final DashboardRuns runs;

    BatchListController(RunEngine engine, DashboardRuns runs) {
        this.engine = engine;
        this.runs = runs;
    }

    /// @param expected items that it shall have
    /// @param received items that arrived
    /// @param failed items that became no run
    /// @param finished runs of it that ended
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BatchItem(
            String id,
            String status,
            int expected,
            int received,
            int failed,
            int finished,
            @Nullable String idempotencyKey,
            Instant createdAt,
            @Nullable Instant completedAt) {
        static BatchItem of(BatchView batch) {
            return new BatchItem(
                    batch.id().toString(),
                    batch.status().name(),
                    batch.expected(),
                    batch.received(),
                    batch.failed(),
                    batch.finished(),
                    batch.idempotencyKey(),
                    batch.createdAt(),
                    batch.completedAt());
        }
    }

    /// @param next ask for batches after this one, where there are more
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BatchList(List<BatchItem> data, @Nullable String next) {}

    @GetMapping("/api/dashboard/v1/environments/{environment}/batches")
    BatchList list(@PathVariable String environment, @RequestParam(required = false) @Nullable String cursor) {
        EnvironmentId id = runs.environment(environment);
        BatchId after = cursor == null || cursor.isEmpty() ? null : BatchId.parse(cursor);
        BatchPage page = engine.batches().queries().list(id, PAGE_SIZE, after);
        return new BatchList(
                page.batches().stream().map(BatchItem::of).toList(),
                page.next() == null ? null : page.next().toString());
    }
}
