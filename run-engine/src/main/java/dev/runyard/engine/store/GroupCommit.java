package dev.runyard.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Lets concurrent writes of a kind share a commit: what arrives while a commit is under way goes into the next one.
///
/// A lone write is written at once. No timer delays anything; batches grow only with the load.
///
/// @param <T> what is written
/// @param <R> what the writer answers for each
public final class GroupCommit<T, R> implements AutoCloseable {
    private static final int COMMITTERS = 2;
    /// Parameters of one statement stay below this, whatever the items are; characters.
    private static final int MAX_CHARACTERS = 8_000_000;

    private final Function<List<T>, List<R>> writer;
    private final int maxBatch;
    private final ToIntFunction<T> characters;
    private final LinkedBlockingQueue<Pending<T, R>> queue = new LinkedBlockingQueue<>();
    private final List<Thread> committers = new ArrayList<>();
    private volatile boolean closed;

    private record Pending<T, R>(T item, CompletableFuture<R> answer) {}

    /// Starts the threads that commit.
    ///
    /// @param name of the threads
    /// @param maxBatch most writes of one commit, at least 1
    /// @param characters says how long an item is
    /// @param writer writes a batch in one transaction and answers in its order; where it throws, nothing
    ///     was written, and each item is written again alone, so that one bad item does not fail its neighbours
    public GroupCommit(String name, int maxBatch, ToIntFunction<T> characters, Function<List<T>, List<R>> writer) {
        this.writer = writer;
        this.maxBatch = maxBatch;
        this.characters = characters;
        for (int i = 0; i < COMMITTERS; i++) {
            committers.add(Thread.ofPlatform().daemon().name(name + "-" + i).start(this::commitLoop));
        }
    }

    /// Writes one item together with others and waits for the commit.
    ///
    /// @throws RuntimeException what the writer threw for this item
    /// @throws IllegalStateException where the engine is shutting down
    public R write(T item) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        queue.add(new Pending<>(item, answer));
        if (closed) {
            refuseTheRest();
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
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

    private List<Pending<T, R>> nextBatch() throws InterruptedException {
        List<Pending<T, R>> batch = new ArrayList<>();
        @Nullable Pending<T, R> next = queue.take();
        int length = 0;
        while (next != null) {
            batch.add(next);
            length += characters.applyAsInt(next.item());
            next = batch.size() < maxBatch && length < MAX_CHARACTERS ? queue.poll() : null;
        }
        return batch;
    }

    private void commit(List<Pending<T, R>> batch) {
        try {
            List<R> answers = writer.apply(batch.stream().map(Pending::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.getFirst().answer().completeExceptionally(e);
            } else {
                batch.forEach(pending -> commit(List.of(pending)));
            }
        }
    }

    private void refuseTheRest() {
        List<Pending<T, R>> rest = new ArrayList<>();
        queue.drainTo(rest);
        rest.forEach(pending ->
                pending.answer().completeExceptionally(new IllegalStateException("the engine is shutting down")));
    }

    @Override
    public void close() {
        closed = true;
        committers.forEach(Thread::interrupt);
        refuseTheRest();
    }
}
