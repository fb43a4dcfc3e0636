package dev.runyard.engine.batch;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a batch that waits for its items, together with the timer that aborts it if they stay away.
final class CreateBatch {
    /// How long a repeated transport call finds its first try.
    private static final Duration REQUEST_KEY_LIFE = Duration.ofHours(24);

    private final BatchRepository batches;
    private final BatchKeyRepository keys;
    private final AwaitBatch await;
    private final TimerWheel timers;
    private final Transactions transactions;
    private final TimeOrderedIds ids;
    private final SyncPoints syncPoints;
    private final BatchConfig config;
    private final InstantSource clock;

    CreateBatch(
            BatchRepository batches,
            BatchKeyRepository keys,
            AwaitBatch await,
            TimerWheel timers,
            Transactions transactions,
            SyncPoints syncPoints,
            BatchConfig config,
            InstantSource clock) {
        this.batches = batches;
        this.keys = keys;
        this.await = await;
        this.timers = timers;
        this.transactions = transactions;
        this.ids = new TimeOrderedIds(clock);
        this.syncPoints = syncPoints;
        this.config = config;
        this.clock = clock;
    }

    CreateBatchOutcome create(NewBatch request) {
        if (request.expected() < 1) {
            return new CreateBatchOutcome.Rejected("Batch runCount must be at least 1.");
        }
        if (request.expected() > config.maxItems()) {
            return new CreateBatchOutcome.Rejected("Batch runCount of " + request.expected()
                    + " exceeds maximum allowed of " + config.maxItems() + ".");
        }
        try {
            CreateBatchOutcome outcome = transactions.execute(() -> write(request));
            syncPoints.reach(SyncPoint.BATCH_CREATED);
            return outcome;
        } catch (AwaitBatch.CannotWaitException e) {
            return new CreateBatchOutcome.Rejected(e.sentence());
        }
    }

    private CreateBatchOutcome write(NewBatch request) {
        BatchId id = new BatchId(ids.next());
        Optional<BatchView> repeated = repeatedCall(request, id);
        if (repeated.isPresent()) {
            return new CreateBatchOutcome.Created(repeated.get(), false);
        }
        Optional<BatchView> cached = cached(request, id);
        if (cached.isPresent()) {
            pointRequest(request, cached.get().id());
            return join(request, cached.get());
        }
        Instant abortAt = clock.instant().plus(config.sealTimeout());
        BatchView batch = blank(request, id);
        batches.write(batch, abortAt);
        if (request.parentWait() != null) {
            await.awaitNew(batch, request.parentWait());
        }
        transactions.afterCommit(() -> timers.armed(new Timer(Timer.Kind.BATCH_SEAL, id.value(), abortAt)));
        return new CreateBatchOutcome.Created(batch, false);
    }

    /// A caller that died before it brought all items comes again with its key: it then must bring them, so
    /// the answer is not that of a cached batch.
    private CreateBatchOutcome join(NewBatch request, BatchView batch) {
        if (request.parentWait() != null) {
            await.awaitExisting(batch, request.parentWait());
        }
        return new CreateBatchOutcome.Created(batch, batch.isSealed());
    }

    private BatchView blank(NewBatch request, BatchId id) {
        NewBatch.Key key = request.key();
        Instant now = clock.instant();
        return new BatchView(
                id,
                request.environmentId(),
                BatchStatus.PENDING,
                key == null ? null : key.shown() == null ? key.text() : key.shown(),
                request.parent(),
                request.parentWait() != null,
                request.expected(),
                0,
                0,
                0,
                now,
                now,
                null,
                null);
    }

    private Optional<BatchView> repeatedCall(NewBatch request, BatchId own) {
        String text = request.requestKey();
        return text == null
                ? Optional.empty()
                : lock(requestKey(request, text), target(own, clock.instant().plus(REQUEST_KEY_LIFE)), true);
    }

    private Optional<BatchView> cached(NewBatch request, BatchId own) {
        NewBatch.Key key = request.key();
        if (key == null) {
            return Optional.empty();
        }
        Instant expiresAt = key.expiresAt() == null ? clock.instant().plus(config.keyLife()) : key.expiresAt();
        return lock(
                new BatchKeyRepository.Key(request.environmentId(), 'K', key.text()), target(own, expiresAt), false);
    }

    /// Locks a key; returns the batch that it leads to, or takes it where it leads to none.
    ///
    /// @param evenAborted whether an aborted batch holds its key
    private Optional<BatchView> lock(
            BatchKeyRepository.Key key, BatchKeyRepository.Target wanted, boolean evenAborted) {
        BatchKeyRepository.Target held = keys.lock(key, wanted);
        if (held.batch().equals(wanted.batch())) {
            return Optional.empty();
        }
        Optional<BatchView> holder = held.expiresAt().isAfter(clock.instant())
                ? batches.find(held.batch()).filter(batch -> evenAborted || batch.status() != BatchStatus.ABORTED)
                : Optional.empty();
        if (holder.isEmpty()) {
            keys.point(key, wanted);
        }
        return holder;
    }

    private void pointRequest(NewBatch request, BatchId batch) {
        @Nullable String text = request.requestKey();
        if (text != null) {
            keys.point(requestKey(request, text), target(batch, clock.instant().plus(REQUEST_KEY_LIFE)));
        }
    }

    private static BatchKeyRepository.Key requestKey(NewBatch request, String text) {
        return new BatchKeyRepository.Key(request.environmentId(), 'R', text);
    }

    private static BatchKeyRepository.Target target(BatchId batch, Instant expiresAt) {
        return new BatchKeyRepository.Target(batch, expiresAt);
    }
}
