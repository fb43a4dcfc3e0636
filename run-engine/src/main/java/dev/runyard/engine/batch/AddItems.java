package dev.runyard.engine.batch;

import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;

/// Adds items to a batch. Each becomes a run at once; the last one seals the batch.
///
/// Items that are there already are not looked at again, so a caller whose upload broke off sends
/// everything once more.
final class AddItems {
    /// A chunk's statement stays below this, whatever the payloads are; characters.
    private static final int MAX_CHARACTERS = 8_000_000;

    private final BatchRepository batches;
    private final BatchItemRepository items;
    private final DraftItems drafts;
    private final StoreChunk store;
    private final ChunkTurns turns;
    private final BatchConfig config;

    AddItems(
            BatchRepository batches,
            BatchItemRepository items,
            DraftItems drafts,
            StoreChunk store,
            ChunkTurns turns,
            BatchConfig config) {
        this.batches = batches;
        this.items = items;
        this.drafts = drafts;
        this.store = store;
        this.turns = turns;
        this.config = config;
    }

    /// Adds items.
    ///
    /// @param given any number, in any order; of items with one index the first counts
    /// @throws org.springframework.dao.DataAccessException where the database fails; chunks that were
    ///     committed stay, and the call may be repeated
    AddItemsOutcome add(EnvironmentId environment, BatchId id, List<BatchItem> given) {
        Optional<BatchView> found = batches.find(environment, id);
        if (found.isEmpty()) {
            return new AddItemsOutcome.Unknown();
        }
        BatchView batch = found.get();
        Optional<BatchItem> outside = given.stream()
                .filter(item -> item.index() < 0 || item.index() >= batch.expected())
                .findFirst();
        if (outside.isPresent()) {
            return new AddItemsOutcome.IndexOutOfRange(outside.get().index(), batch.expected());
        }
        int accepted = 0;
        if (isOpen(batch)) {
            try {
                for (List<BatchItem> chunk : chunks(given)) {
                    accepted += addChunk(batch, chunk);
                }
            } catch (StoreChunk.BatchClosedException e) {
                // Whoever closed it decided what the answer is.
            }
        }
        return answer(batches.find(id).orElseThrow(), given.size(), accepted);
    }

    private static boolean isOpen(BatchView batch) {
        return !batch.isSealed() && !batch.isEnded();
    }

    private static AddItemsOutcome answer(BatchView batch, int given, int accepted) {
        return batch.isSealed() || !batch.isEnded()
                ? new AddItemsOutcome.Added(accepted, given - accepted, batch)
                : new AddItemsOutcome.Aborted(batch);
    }

    private List<List<BatchItem>> chunks(List<BatchItem> given) {
        Map<Integer, BatchItem> byIndex = new LinkedHashMap<>();
        given.forEach(item -> byIndex.putIfAbsent(item.index(), item));
        List<List<BatchItem>> chunks = new ArrayList<>();
        List<BatchItem> chunk = new ArrayList<>();
        int characters = 0;
        for (BatchItem item : byIndex.values()) {
            chunk.add(item);
            String payload = item.command().payload();
            characters += payload == null ? 0 : payload.length();
            if (chunk.size() == config.maxChunk() || characters > MAX_CHARACTERS) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                characters = 0;
            }
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    private int addChunk(BatchView batch, List<BatchItem> chunk) {
        Set<Integer> taken =
                items.findTaken(batch.id(), chunk.stream().map(BatchItem::index).toList());
        List<BatchItem> missing =
                chunk.stream().filter(item -> !taken.contains(item.index())).toList();
        if (missing.isEmpty()) {
            return 0;
        }
        List<ItemDraft> drafted = drafts.draft(batch.environmentId(), missing);
        return turns.take(batch.environmentId(), () -> store(batch.id(), drafted));
    }

    /// One bad item must not fail its neighbours: a chunk that the database refuses is stored item by item,
    /// and an item that it refuses alone is only an error.
    private int store(BatchId batch, List<ItemDraft> chunk) {
        try {
            return store.store(batch, chunk);
        } catch (DataIntegrityViolationException e) {
            if (chunk.size() > 1) {
                return chunk.stream()
                        .mapToInt(draft -> store(batch, List.of(draft)))
                        .sum();
            }
            ItemDraft only = chunk.getFirst();
            if (only.runId() == null) {
                throw e;
            }
            String message =
                    "The item could not be stored: " + e.getMostSpecificCause().getMessage();
            return store(batch, List.of(only.unstorable(message)));
        }
    }
}
