package dev.runyard.webapp.api.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.batch.BatchItemView;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.ItemError;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.run.RunResult;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.auth.ApiCaller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// What became of a batch. A batch of another environment is as unknown as one that does not exist.
@RestController
class BatchReadController {
    private final RunEngine engine;

    BatchReadController(RunEngine engine) {
        this.engine = engine;
    }

    /// @param runs ids of the runs that there are so far
    /// @param processing how far its items have become runs; for today's clients
    /// @param successfulRunCount items that became runs; for older clients
    /// @param failedRunCount items that could not; for older clients
    /// @param errors why; for older clients
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Batch(
            String id,
            String status,
            @Nullable String idempotencyKey,
            Instant createdAt,
            Instant updatedAt,
            int runCount,
            List<String> runs,
            @Nullable Processing processing,
            @Nullable Integer successfulRunCount,
            @Nullable Integer failedRunCount,
            @Nullable List<Problem> errors) {}

    /// @param completedAt when the last item arrived
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Processing(@Nullable Instant completedAt, List<Problem> errors) {}

    /// Why an item could not be triggered.
    record Problem(int index, String taskIdentifier, String error, String errorCode) {
        static Problem of(BatchItemView item) {
            ItemError error = Objects.requireNonNull(item.error());
            return new Problem(
                    item.index(), item.taskId(), error.message(), error.code().name());
        }
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = {"read:batch:{id}", "read:runs"})
    @GetMapping("/api/v2/batches/{id}")
    Batch retrieve(@AuthenticationPrincipal ApiCaller caller, @PathVariable String id) {
        BatchView batch = readable(caller, id);
        List<BatchItemView> items = items(batch);
        return show(batch, items, new Processing(batch.sealedAt(), problems(items)), null, null);
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = {"read:batch:{id}", "read:runs"})
    @GetMapping("/api/v1/batches/{id}")
    Batch retrieveForOlderClients(@AuthenticationPrincipal ApiCaller caller, @PathVariable String id) {
        BatchView batch = readable(caller, id);
        List<BatchItemView> items = items(batch);
        List<Problem> problems = problems(items);
        return show(batch, items, null, items.size() - problems.size(), problems);
    }

    private static Batch show(
            BatchView batch,
            List<BatchItemView> items,
            @Nullable Processing processing,
            @Nullable Integer successes,
            @Nullable List<Problem> problems) {
        return new Batch(
                batch.id().toString(),
                batch.status().name(),
                batch.idempotencyKey(),
                batch.createdAt(),
                batch.updatedAt(),
                batch.expected(),
                items.stream()
                        .map(BatchItemView::runId)
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .toList(),
                processing,
                successes,
                problems == null ? null : problems.size(),
                problems == null || problems.isEmpty() ? null : problems);
    }

    /// @param items results of the runs that ended, in the order of the batch
    record Results(String id, List<RunResult> items) {}

    @Permit(
            to = Credential.KEY,
            scopes = {"read:batch:{id}", "read:runs"})
    @GetMapping("/api/v1/batches/{id}/results")
    Results results(@AuthenticationPrincipal ApiCaller caller, @PathVariable String id) {
        BatchView batch = find(caller, id).orElseThrow(BatchReadController::notFound);
        return new Results(
                batch.id().toString(),
                engine.batches().queries().results(batch.environmentId(), batch.id()).stream()
                        .map(RunResult::of)
                        .toList());
    }

    private BatchView readable(ApiCaller caller, String id) {
        return find(caller, id).orElseThrow(BatchReadController::notFound);
    }

    private Optional<BatchView> find(ApiCaller caller, String id) {
        return BatchController.batchId(id)
                .flatMap(batch -> engine.batches().queries().find(caller.environmentId(), batch));
    }

    private List<BatchItemView> items(BatchView batch) {
        return engine.batches().queries().items(batch.environmentId(), batch.id());
    }

    private static List<Problem> problems(List<BatchItemView> items) {
        return items.stream()
                .filter(item -> item.error() != null)
                .map(Problem::of)
                .toList();
    }

    private static ApiException notFound() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Not found");
    }
}
