package dev.runyard.engine.claim;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.run.RunState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/// Claims while Redis is away: slower, one at a time over all webapps, and under the same limits.
///
/// The first such claim makes every filling of Redis invalid, so a Redis that comes back is filled anew before it is
/// used.
public final class ClaimFromDatabase {
    private static final int WINDOW = 500;

    private final ClaimRepository claims;
    private final ConfirmClaims confirm;
    private final EpochRepository epochs;
    private final Environments environments;
    private final QueueLimitRepository limits;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public ClaimFromDatabase(
            ClaimRepository claims,
            ConfirmClaims confirm,
            EpochRepository epochs,
            Environments environments,
            QueueLimitRepository limits,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.claims = claims;
        this.confirm = confirm;
        this.epochs = epochs;
        this.environments = environments;
        this.limits = limits;
        this.transaction = transaction;
        this.clock = clock;
    }

    List<ClaimedRun> claim(ClaimRequest request) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            epochs.enterDatabaseMode(clock.instant());
            List<QueueClaim> chosen = choose(request);
            return chosen.isEmpty()
                    ? List.<ClaimedRun>of()
                    : confirm.confirm(chosen, EpochRepository.DATABASE, request);
        }));
    }

    private List<QueueClaim> choose(ClaimRequest request) {
        Map<String, Integer> slots = claims.countSlots();
        Map<String, QueueLimitRepository.QueueSettings> queues = limits.settings(Optional.empty()).stream()
                .collect(Collectors.toMap(
                        queue -> new QueueKey(queue.environmentId(), queue.name(), null).queueScope(),
                        Function.identity()));
        List<QueueClaim> chosen = new ArrayList<>();
        for (RunState state : claims.findReady(request.workerQueue(), request.maxRuns(), WINDOW)) {
            QueueKey key = QueueKey.of(state);
            if (chosen.size() < request.maxRuns() && mayStart(key, slots, queues.get(key.queueScope()))) {
                slots.merge(key.environmentScope(), 1, Integer::sum);
                slots.merge(key.keyScope(), 1, Integer::sum);
                chosen.add(new QueueClaim(state.runId(), state.version()));
            }
        }
        return chosen;
    }

    private boolean mayStart(
            QueueKey key, Map<String, Integer> slots, QueueLimitRepository.@Nullable QueueSettings queue) {
        Optional<EnvironmentSettings> environment = environments.find(key.environmentId());
        if (environment.isEmpty() || environment.get().isPaused()) {
            return environment.isEmpty();
        }
        boolean environmentFree = slots.getOrDefault(key.environmentScope(), 0)
                < environment.get().concurrencyLimit();
        if (queue == null) {
            return environmentFree;
        }
        int limit = queue.limit() == null ? Integer.MAX_VALUE : queue.limit();
        return environmentFree && !queue.isPaused() && slots.getOrDefault(key.keyScope(), 0) < limit;
    }
}
