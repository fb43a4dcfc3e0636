package dev.runyard.webapp.api.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.BatchBodies;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.api.trigger.ReadRun;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Resource;
import dev.runyard.webapp.auth.TokenHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Batches in two steps: the batch first, then its items as a stream of lines.
@RestController
class BatchController {
    private static final String LINES = "ndjson";

    private final RunEngine engine;
    private final ObjectBody bodies;
    private final ReadBatch readBatch;
    private final StreamItems streamItems;
    private final TokenHeaders tokenHeaders;
    private final BatchProperties properties;

    BatchController(
            RunEngine engine,
            ObjectBody bodies,
            ReadBatch readBatch,
            StreamItems streamItems,
            TokenHeaders tokenHeaders,
            BatchProperties properties) {
        this.engine = engine;
        this.bodies = bodies;
        this.readBatch = readBatch;
        this.streamItems = streamItems;
        this.tokenHeaders = tokenHeaders;
        this.properties = properties;
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "batchTrigger:tasks",
            handlerDecides = true)
    @Accepts(BatchBodies.Create.class)
    @PostMapping("/api/v3/batches")
    ResponseEntity<BatchResponse> create(@AuthenticationPrincipal ApiCaller caller, HttpServletRequest request)
            throws IOException {
        JsonMembers body = bodies.read(request, properties.createBytes());
        requireTasks(caller, body.texts("taskIdentifiers"));
        int expected = body.integer("runCount", 1).orElseThrow(() -> body.invalid("runCount", "is missing"));
        ReadBatch.Made made = readBatch.make(caller, body, expected, request);
        String id = made.view().id().toString();
        Stream<String> upload = isBrowser(caller, request) ? Stream.of("write:batch:" + id) : Stream.empty();
        return tokenHeaders
                .add(
                        ResponseEntity.status(made.isCached() ? HttpStatus.OK : HttpStatus.ACCEPTED),
                        caller,
                        Stream.concat(Stream.of("read:batch:" + id), upload).toList())
                .body(BatchResponse.of(made));
    }

    /// A browser uploads the items with the token that it gets here.
    private static boolean isBrowser(ApiCaller caller, HttpServletRequest request) {
        return caller.access() instanceof ApiCaller.Access.PublicToken
                && "browser".equals(request.getHeader("x-trigger-client"));
    }

    /// Every task that is named must be permitted; a call that names none asks for the right to all.
    static void requireTasks(ApiCaller caller, List<String> tasks) {
        if (tasks.isEmpty()) {
            caller.require("batchTrigger", Resource.all("tasks"));
        }
        tasks.forEach(task -> caller.require("batchTrigger", Resource.of("tasks", task)));
    }

    /// @param enqueuedCount items that are there, while some are missing
    /// @param expectedCount items that there should be, while some are missing
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ItemsResponse(
            String id,
            int itemsAccepted,
            int itemsDeduplicated,
            boolean sealed,
            @Nullable Integer enqueuedCount,
            @Nullable Integer expectedCount,
            int runCount) {
        static ItemsResponse of(StreamItems.Stored stored) {
            BatchView batch = stored.batch();
            return new ItemsResponse(
                    batch.id().toString(),
                    stored.accepted(),
                    stored.deduplicated(),
                    batch.isSealed(),
                    batch.isSealed() ? null : batch.received(),
                    batch.isSealed() ? null : batch.expected(),
                    batch.received());
        }
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = {"write:batch:{id}", "batchTrigger:tasks"},
            handlerDecides = true)
    @Accepts(value = BatchBodies.Line.class, type = "application/x-ndjson")
    @PostMapping("/api/v3/batches/{id}/items")
    ItemsResponse addItems(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String id, HttpServletRequest request)
            throws IOException {
        String type = request.getContentType();
        if (type == null || !type.contains(LINES)) {
            throw ApiException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type must be application/x-ndjson or application/ndjson");
        }
        BatchView batch = find(caller, id).orElseThrow(() -> ApiException.unprocessable("Batch " + id + " not found"));
        ReadItem.Shared shared = new ReadItem.Shared(ReadRun.Origin.ofItems(caller, request), batch.parent());
        return ItemsResponse.of(
                streamItems.store(batch, shared, new ItemLines(request.getInputStream(), properties.lineBytes())));
    }

    private Optional<BatchView> find(ApiCaller caller, String id) {
        return batchId(id).flatMap(batch -> engine.batches().queries().find(caller.environmentId(), batch));
    }

    /// Reads an id; empty where no batch can have it.
    static Optional<BatchId> batchId(String text) {
        try {
            return Optional.of(BatchId.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
