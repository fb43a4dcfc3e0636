package dev.runyard.webapp.api.batch;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.batch.AddItemsOutcome;
import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.ItemError;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.JsonText;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Resource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Stores the items of a stream while it arrives. Items that were stored before a bad line stay: the sender repeats its
/// whole stream, and what is there already is only counted.
@Component
class StreamItems {
    private static final int MAX_CHARACTERS = 4_000_000;

    private final RunEngine engine;
    private final ObjectBody bodies;
    private final JsonText json;
    private final ReadItem readItem;
    private final BatchProperties properties;

    StreamItems(RunEngine engine, ObjectBody bodies, JsonText json, ReadItem readItem, BatchProperties properties) {
        this.engine = engine;
        this.bodies = bodies;
        this.json = json;
        this.readItem = readItem;
        this.properties = properties;
    }

    /// What became of a stream.
    ///
    /// @param accepted items that were new
    /// @param deduplicated items that were there
    /// @param batch the batch with them
    record Stored(int accepted, int deduplicated, BatchView batch) {
        private Stored plus(AddItemsOutcome.Added added) {
            return new Stored(accepted + added.accepted(), deduplicated + added.deduplicated(), added.batch());
        }
    }

    Stored store(BatchView batch, ReadItem.Shared shared, ItemLines lines) throws IOException {
        Stored stored = new Stored(0, 0, batch);
        List<BatchItem> items = new ArrayList<>();
        int characters = 0;
        for (Optional<ItemLines.Line> line = next(lines); line.isPresent(); line = next(lines)) {
            items.add(item(batch, shared, line.get()));
            characters += line.get().text().length();
            if (items.size() == properties.itemsPerWrite() || characters > MAX_CHARACTERS) {
                stored = add(stored, items);
                items.clear();
                characters = 0;
            }
        }
        if (lines.number() == 0) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Request body is required");
        }
        return items.isEmpty() ? stored : add(stored, items);
    }

    private static Optional<ItemLines.Line> next(ItemLines lines) throws IOException {
        try {
            return lines.next();
        } catch (CharacterCodingException _) {
            throw wrongLine(lines.number(), "it is not UTF-8");
        }
    }

    private BatchItem item(BatchView batch, ReadItem.Shared shared, ItemLines.Line line) {
        JsonMembers item = members(line);
        int index = item.integer("index", 0)
                .orElseThrow(() -> ApiException.unprocessable(
                        "Invalid item at line " + line.number() + ": index is missing or not readable"));
        String task = item.text("task")
                .orElseThrow(() -> ApiException.unprocessable("Invalid item at index " + index + ": task is missing"));
        ApiCaller caller = shared.origin().caller();
        if (!caller.mayAny("write", Resource.of("batch", batch.id().toString()))) {
            caller.require("batchTrigger", Resource.of("tasks", task));
        }
        return line.isCut()
                ? readItem.failed(shared, index, task, tooLarge())
                : readItem.read(shared, index, task, item);
    }

    /// Of a line that is too large, what stands before the payload is enough.
    private JsonMembers members(ItemLines.Line line) {
        if (line.isCut()) {
            return new JsonMembers("", json.leadingMembers(line.text()), json);
        }
        try {
            return bodies.parse(line.text());
        } catch (ApiException _) {
            throw wrongLine(line.number(), "it is no JSON object");
        }
    }

    private ItemError tooLarge() {
        return new ItemError(
                ItemError.Code.PAYLOAD_TOO_LARGE,
                "The item is larger than the " + properties.lineBytes() + " bytes that it may have.");
    }

    private Stored add(Stored before, List<BatchItem> items) {
        BatchView batch = before.batch();
        return switch (engine.batches().add(batch.environmentId(), batch.id(), List.copyOf(items))) {
            case AddItemsOutcome.Added added -> before.plus(added);
            case AddItemsOutcome.IndexOutOfRange wrong -> throw ApiException.unprocessable(wrong.sentence());
            case AddItemsOutcome.Aborted _ ->
                throw ApiException.unprocessable(
                        "Batch " + batch.id() + " is aborted: not all of its items came in time.");
            case AddItemsOutcome.Unknown _ -> throw ApiException.unprocessable("Batch " + batch.id() + " not found");
        };
    }

    private static ApiException wrongLine(int number, String why) {
        return ApiException.of(HttpStatus.BAD_REQUEST, "Invalid JSON at line " + number + ": " + why);
    }
}
