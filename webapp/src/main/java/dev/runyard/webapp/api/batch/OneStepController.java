package dev.runyard.webapp.api.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.batch.AddItemsOutcome;
import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchItemView;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.BatchBodies;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.api.trigger.ReadRun;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.TokenHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Batches in one step, as older clients make them. A call that died between the batch and its items is repeated with
/// its request key, finds its batch, and brings the items again.
@RestController
class OneStepController {
    private final RunEngine engine;
    private final ObjectBody bodies;
    private final ReadBatch readBatch;
    private final ReadItem readItem;
    private final TokenHeaders tokenHeaders;
    private final BatchProperties properties;

    OneStepController(
            RunEngine engine,
            ObjectBody bodies,
            ReadBatch readBatch,
            ReadItem readItem,
            TokenHeaders tokenHeaders,
            BatchProperties properties) {
        this.engine = engine;
        this.bodies = bodies;
        this.readBatch = readBatch;
        this.readItem = readItem;
        this.tokenHeaders = tokenHeaders;
        this.properties = properties;
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "batchTrigger:tasks",
            handlerDecides = true)
    @Accepts(BatchBodies.OneStep.class)
    @PostMapping("/api/v2/tasks/batch")
    ResponseEntity<BatchResponse> trigger(@AuthenticationPrincipal ApiCaller caller, HttpServletRequest request)
            throws IOException {
        ReadBatch.Made made = make(caller, request, Optional.empty());
        return tokenHeaders
                .add(
                        ResponseEntity.status(HttpStatus.ACCEPTED),
                        caller,
                        List.of("read:batch:" + made.view().id()))
                .body(BatchResponse.of(made));
    }

    /// @param idempotencyKey the caller's key
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BatchWithRuns(
            String id, boolean isCached, @Nullable String idempotencyKey, List<RunOfBatch> runs) {}

    /// @param isCached whether it is the run of an earlier call
    record RunOfBatch(String id, String taskIdentifier, boolean isCached) {}

    @Permit(to = Credential.KEY, scopes = "batchTrigger:tasks", handlerDecides = true)
    @Accepts(BatchBodies.OneStep.class)
    @PostMapping("/api/v1/tasks/batch")
    ResponseEntity<BatchWithRuns> triggerForOldestClients(
            @AuthenticationPrincipal ApiCaller caller, HttpServletRequest request) throws IOException {
        ReadBatch.Made made = make(caller, request, Optional.empty());
        List<RunOfBatch> runs = items(made).stream()
                .filter(item -> item.runId() != null)
                .map(item -> new RunOfBatch(String.valueOf(item.runId()), item.taskId(), item.isCached()))
                .toList();
        return ResponseEntity.accepted()
                .body(new BatchWithRuns(
                        made.view().id().toString(), made.isCached(), made.key().orElse(null), runs));
    }

    /// @param batchId the batch
    /// @param runs ids of its runs
    record RunsOfTask(String batchId, List<String> runs) {}

    @Permit(to = Credential.KEY, scopes = "batchTrigger:tasks:{task}")
    @Accepts(BatchBodies.OneStep.class)
    @PostMapping("/api/v1/tasks/{task}/batch")
    RunsOfTask triggerOneTask(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String task, HttpServletRequest request)
            throws IOException {
        ReadBatch.Made made = make(caller, request, Optional.of(task));
        return new RunsOfTask(
                made.view().id().toString(),
                items(made).stream()
                        .filter(item -> item.runId() != null)
                        .map(item -> String.valueOf(item.runId()))
                        .toList());
    }

    private List<BatchItemView> items(ReadBatch.Made made) {
        return engine.batches()
                .queries()
                .items(made.view().environmentId(), made.view().id());
    }

    /// @param task of all items, where the path names it
    private ReadBatch.Made make(ApiCaller caller, HttpServletRequest request, Optional<String> task)
            throws IOException {
        JsonMembers body = bodies.read(request, properties.oneStepBytes());
        List<JsonMembers> given = body.objects("items");
        if (given.isEmpty()) {
            throw body.invalid("items", "must have at least one item");
        }
        if (given.size() > properties.oneStepItems()) {
            throw ApiException.of(
                    HttpStatus.BAD_REQUEST,
                    "Batch size of " + given.size() + " is too large. Maximum allowed batch size is "
                            + properties.oneStepItems() + ".");
        }
        List<String> tasks = given.stream()
                .map(item -> task.or(() -> item.text("task")).orElseThrow(() -> item.invalid("task", "is missing")))
                .toList();
        BatchController.requireTasks(caller, tasks.stream().distinct().toList());
        // Read once before the batch is made, so that a wrong item leaves no batch behind.
        read(caller, request, given, tasks, null);
        ReadBatch.Made made = readBatch.make(caller, body, given.size(), request);
        if (!made.isCached()) {
            add(made, read(caller, request, given, tasks, made));
        }
        return made;
    }

    private List<BatchItem> read(
            ApiCaller caller,
            HttpServletRequest request,
            List<JsonMembers> given,
            List<String> tasks,
            ReadBatch.@Nullable Made made) {
        ReadItem.Shared shared = new ReadItem.Shared(
                ReadRun.Origin.ofItems(caller, request),
                made == null ? null : made.view().parent());
        return new ArrayList<>(IntStream.range(0, given.size())
                .mapToObj(i -> readItem.read(shared, i, tasks.get(i), given.get(i)))
                .toList());
    }

    private void add(ReadBatch.Made made, List<BatchItem> items) {
        switch (engine.batches().add(made.view().environmentId(), made.view().id(), items)) {
            case AddItemsOutcome.Added _ -> {}
            case AddItemsOutcome.IndexOutOfRange wrong -> throw ApiException.unprocessable(wrong.sentence());
            case AddItemsOutcome.Aborted _, AddItemsOutcome.Unknown _ ->
                throw ApiException.unprocessable("Batch " + made.view().id() + " takes no more items");
        }
    }
}
