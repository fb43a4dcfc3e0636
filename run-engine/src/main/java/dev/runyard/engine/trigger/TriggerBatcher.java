package dev.runyard.engine.trigger;

import dev.runyard.engine.store.RepeatingTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/// Lets concurrent triggers share a commit: what arrives while a commit is under way goes into the next
/// one.
///
/// A lone trigger is written at once. No timer delays anything; the batch grows only with the load.
public final class TriggerBatcher implements AutoCloseable {
    private static final int COMMITTERS = 2;
    /// Parameters of one statement stay below this, whatever the payloads are; characters.
    private static final int MAX_CHARACTERS = 8_000_000;

    private final TriggerRepository repository;
    private final int maxBatch;
    private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final List<Thread> committers = new ArrayList<>();
    private volatile boolean closed;

    private record Pending(TriggerRow row, CompletableFuture<Long> outboxId) {
        int size() {
            return row.payload() == null ? 0 : row.payload().length();
        }
    }

    /// The key of a trigger was taken.
    static final class KeyTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    public TriggerBatcher(TriggerRepository repository, int maxBatch) {
        this.repository = repository;
        this.maxBatch = maxBatch;
        for (int i = 0; i < COMMITTERS; i++) {
            committers.add(
                    Thread.ofPlatform().daemon().name("trigger-commit-" + i).start(this::commitLoop));
        }
    }

    /// Writes a run together with others.
    ///
    /// @return completes after the commit with the id of its outbox row, or with KeyTakenException
    CompletableFuture<Long> write(TriggerRow row) {
        CompletableFuture<Long> outboxId = new CompletableFuture<>();
        if (closed) {
            outboxId.completeExceptionally(new IllegalStateException("the engine is shutting down"));
        } else {
            queue.add(new Pending(row, outboxId));
        }
        return outboxId;
    }

    private void commitLoop() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                commit(nextBatch());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<Pending> nextBatch() throws InterruptedException {
        List<Pending> batch = new ArrayList<>();
        Pending next = queue.take();
        int characters = 0;
        while (next != null) {
            batch.add(next);
            characters += next.size();
            next = batch.size() < maxBatch && characters < MAX_CHARACTERS ? queue.poll() : null;
        }
        return batch;
    }

    private void commit(List<Pending> batch) {
        try {
            Map<UUID, Long> written = RepeatingTransactions.repeating(
                    () -> repository.write(batch.stream().map(Pending::row).toList()));
            for (Pending pending : batch) {
                Long outboxId = written.get(pending.row().id());
                if (outboxId == null) {
                    pending.outboxId().completeExceptionally(new KeyTakenException());
                } else {
                    pending.outboxId().complete(outboxId);
                }
            }
        } catch (RuntimeException e) {
            settle(batch, e);
        }
    }

    /// The answer to the commit may be what was lost, so what is there counts as written. One bad row must
    /// not fail its neighbours: the others are written again one by one, in case the failure was a row's.
    /// Their ids make that harmless where the first commit ends after all.
    private void settle(List<Pending> batch, RuntimeException failure) {
        Set<UUID> there;
        try {
            there = repository.existing(batch.stream().map(p -> p.row().id()).toList());
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            batch.forEach(pending -> pending.outboxId().completeExceptionally(failure));
            return;
        }
        for (Pending pending : batch) {
            if (there.contains(pending.row().id())) {
                pending.outboxId().complete(0L);
            } else if (batch.size() == 1) {
                pending.outboxId().completeExceptionally(failure);
            } else {
                commit(List.of(pending));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        committers.forEach(Thread::interrupt);
        queue.forEach(pending ->
                pending.outboxId().completeExceptionally(new IllegalStateException("the engine is shutting down")));
    }
}
