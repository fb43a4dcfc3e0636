package dev.runyard.engine.trigger;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.trigger.TriggerRepository.KeyKind;
import dev.runyard.engine.trigger.TriggerRepository.StoredKey;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what a trigger whose key is taken gets: the earlier run, or a new one where the key no longer holds.
///
/// A key is free again when it expired, or when its run failed (not when it was canceled). The key's row is locked
/// while this is decided, so of many callers one makes the new run and the others get it.
public final class ResolveDuplicate {
    private final TriggerRepository repository;
    private final RunStateRepository states;
    private final Transactions transactions;
    private final InstantSource clock;

    public ResolveDuplicate(
            TriggerRepository repository, RunStateRepository states, Transactions transactions, InstantSource clock) {
        this.repository = repository;
        this.states = states;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// What the caller gets.
    sealed interface Resolution {
        record Existing(TriggerOutcome.Accepted outcome) implements Resolution {}

        record Written(TriggerRow row, long outboxId) implements Resolution {}
    }

    /// Finds the run that the keys of a trigger lead to, without taking the keys.
    Optional<Resolution> peek(TriggerRow row) {
        return decide(
                new Held(repository.findKey(row, KeyKind.CALLER), row.runId()),
                new Held(repository.findKey(row, KeyKind.REQUEST), row.runId()));
    }

    Resolution resolve(TriggerRow row) {
        return transactions.execute(() -> resolveLocked(row));
    }

    /// Takes the keys of a trigger, in the transaction under way, and writes its run unless they lead to another.
    Resolution resolveLocked(TriggerRow row) {
        Held byCaller = lock(row, KeyKind.CALLER, row.runId());
        Held byRequest = lock(row, KeyKind.REQUEST, row.runId());
        Optional<Resolution> existing = decide(byCaller, byRequest);
        if (existing.isPresent()) {
            existing.ifPresent(found -> pointRequest(row, byRequest, found));
            return existing.get();
        }
        byCaller.other().ifPresent(repository::forgetShownKey);
        take(row, KeyKind.CALLER, byCaller);
        take(row, KeyKind.REQUEST, byRequest);
        long outboxId = Objects.requireNonNull(
                repository.write(List.of(row.withoutKeys())).get(row.id()));
        return new Resolution.Written(row.withoutKeys(), outboxId);
    }

    /// Makes the keys of a trigger lead to the run that it joined, unless they lead to another one by now.
    Resolution join(TriggerRow row, RunId run) {
        Resolution joined = new Resolution.Existing(new TriggerOutcome.Accepted(run, false));
        if (row.keyHash() == null && row.requestHash() == null) {
            return joined;
        }
        return transactions.execute(() -> {
            Held byCaller = lock(row, KeyKind.CALLER, run);
            Held byRequest = lock(row, KeyKind.REQUEST, run);
            return decide(byCaller, byRequest).orElseGet(() -> {
                byCaller.other().ifPresent(repository::forgetShownKey);
                take(row, KeyKind.CALLER, byCaller);
                take(row, KeyKind.REQUEST, byRequest);
                return joined;
            });
        });
    }

    /// What a key leads to.
    ///
    /// @param key as stored; empty where the trigger has no such key, or nobody had it
    /// @param wanted the run that it should lead to
    private record Held(Optional<StoredKey> key, RunId wanted) {
        /// Returns the other run that it leads to.
        Optional<RunId> other() {
            return key.map(StoredKey::runId).filter(run -> !run.equals(wanted));
        }
    }

    private Held lock(TriggerRow row, KeyKind kind, RunId wanted) {
        Instant expiresAt = kind.expiresAt(row);
        return new Held(
                expiresAt == null
                        ? Optional.empty()
                        : Optional.of(repository.lockKey(row, kind, new StoredKey(wanted, expiresAt))),
                wanted);
    }

    private Optional<Resolution> decide(Held byCaller, Held byRequest) {
        Optional<RunState> ofRequest = valid(byRequest);
        if (ofRequest.isPresent()) {
            return existing(ofRequest.get(), false);
        }
        return valid(byCaller).filter(run -> !run.status().isFailure()).flatMap(run -> existing(run, true));
    }

    private static Optional<Resolution> existing(RunState run, boolean isCached) {
        return Optional.of(new Resolution.Existing(new TriggerOutcome.Accepted(run.runId(), isCached)));
    }

    private Optional<RunState> valid(Held held) {
        return held.key()
                .filter(key -> key.expiresAt().isAfter(clock.instant()))
                .filter(key -> held.other().isPresent())
                .flatMap(key -> states.find(key.runId()));
    }

    /// The tries of this call get the run that its caller's key led to, even after that key was freed.
    private void pointRequest(TriggerRow row, Held byRequest, Resolution found) {
        if (found instanceof Resolution.Existing existing && existing.outcome().isCached()) {
            take(
                    row,
                    KeyKind.REQUEST,
                    new Held(byRequest.key(), existing.outcome().runId()));
        }
    }

    private void take(TriggerRow row, KeyKind kind, Held held) {
        @Nullable Instant expiresAt = kind.expiresAt(row);
        if (expiresAt != null) {
            repository.pointKey(row, kind, new StoredKey(held.wanted(), expiresAt));
        }
    }
}
