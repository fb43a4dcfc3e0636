package dev.runyard.engine.trigger;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/// Decides what a trigger whose key is taken gets: the earlier run, or a new one where the key no longer holds.
///
/// A key is free again when it expired, or when its run failed (not when it was canceled). The key's row is locked
/// while
/// this is decided, so of many callers one makes the new run and the others get it.
public final class ResolveDuplicate {
    private final TriggerRepository repository;
    private final RunStateRepository states;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public ResolveDuplicate(
            TriggerRepository repository,
            RunStateRepository states,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.repository = repository;
        this.states = states;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// What the caller gets.
    sealed interface Resolution {
        record Existing(TriggerOutcome.Accepted outcome) implements Resolution {}

        record Written(TriggerRow row, long outboxId) implements Resolution {}
    }

    Resolution resolve(TriggerRow row) {
        return Objects.requireNonNull(transaction.execute(_ -> resolveLocked(row)));
    }

    private Resolution resolveLocked(TriggerRow row) {
        Optional<RunState> byKey = holder(row, 'K', row.keyHash(), row.keyExpiresAt());
        Optional<RunState> byRequest = holder(row, 'R', row.requestHash(), row.requestExpiresAt());
        if (byRequest.isPresent()) {
            return new Resolution.Existing(
                    new TriggerOutcome.Accepted(byRequest.get().runId(), false));
        }
        if (byKey.isPresent() && !byKey.get().status().isFailure()) {
            point(row, 'R', row.requestHash(), row.requestExpiresAt(), byKey.get());
            return new Resolution.Existing(
                    new TriggerOutcome.Accepted(byKey.get().runId(), true));
        }
        Instant now = clock.instant();
        if (row.keyHash() != null) {
            repository.pointKey(row, 'K', row.keyHash(), stored(row, row.keyExpiresAt(), now));
        }
        if (row.requestHash() != null) {
            repository.pointKey(row, 'R', row.requestHash(), stored(row, row.requestExpiresAt(), now));
        }
        TriggerRow withoutKeys = row.withoutKeys();
        long outboxId =
                Objects.requireNonNull(repository.write(List.of(withoutKeys)).get(row.id()));
        return new Resolution.Written(row, outboxId);
    }

    private static TriggerRepository.StoredKey stored(TriggerRow row, @Nullable Instant expiresAt, Instant now) {
        return new TriggerRepository.StoredKey(row.runId(), expiresAt == null ? now : expiresAt);
    }

    private void point(TriggerRow row, char kind, @Nullable String hash, @Nullable Instant expiresAt, RunState target) {
        if (hash != null && expiresAt != null) {
            repository.pointKey(row, kind, hash, new TriggerRepository.StoredKey(target.runId(), expiresAt));
        }
    }

    private Optional<RunState> holder(TriggerRow row, char kind, @Nullable String hash, @Nullable Instant expiresAt) {
        if (hash == null || expiresAt == null) {
            return Optional.empty();
        }
        TriggerRepository.StoredKey held = repository.lockKey(row, kind, hash, expiresAt);
        boolean valid = held.expiresAt().isAfter(clock.instant());
        return valid ? states.find(held.runId()) : Optional.empty();
    }
}
