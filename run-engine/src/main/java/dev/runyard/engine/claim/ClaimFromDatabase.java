package dev.runyard.engine.claim;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        // The control plane is asked before the transaction; what is chosen in it is checked again by its version.
        List<QueueClaim> ready = claims.findReady(request.workerQueue(), request.maxRuns(), WINDOW).stream()
                .map(state -> new QueueClaim(state.runId(), state.version()))
                .toList();
        ConfirmClaims.Prepared prepared = confirm.prepare(ready);
        Map<EnvironmentId, EnvironmentSettings> settings =
                environments.all().stream().collect(Collectors.toMap(EnvironmentSettings::id, Function.identity()));
        ClaimRepository.Holder holder = confirm.holder(request);
        Set<RunId> written = Objects.requireNonNull(transaction.execute(_ -> {
            epochs.enterDatabaseMode(clock.instant());
            List<ClaimRepository.Assignment> chosen = choose(prepared, settings, request.maxRuns());
            return chosen.isEmpty() ? Set.<RunId>of() : claims.write(chosen, EpochRepository.DATABASE, holder);
        }));
        prepared.candidates()
                .forEach(candidate -> confirm.putAside(
                        candidate.state(),
                        prepared.verdicts().get(candidate.state().runId())));
        return confirm.claimedRuns(prepared, written, holder);
    }

    private List<ClaimRepository.Assignment> choose(
            ConfirmClaims.Prepared prepared, Map<EnvironmentId, EnvironmentSettings> settings, int most) {
        Map<String, Integer> slots = claims.countSlots();
        Map<String, QueueLimitRepository.QueueSettings> queues = limits.settings(Optional.empty()).stream()
                .collect(Collectors.toMap(
                        queue -> new QueueKey(queue.environmentId(), queue.name(), null).queueScope(),
                        Function.identity()));
        List<ClaimRepository.Assignment> chosen = new ArrayList<>();
        for (ClaimRepository.Assignment assignment : prepared.assignments()) {
            QueueKey key = QueueKey.of(assignment.state());
            EnvironmentSettings environment = settings.get(key.environmentId());
            if (chosen.size() < most
                    && environment != null
                    && isOpen(key, environment, slots)
                    && isOpen(key, queues.get(key.queueScope()), slots)) {
                slots.merge(key.environmentScope(), 1, Integer::sum);
                slots.merge(key.keyScope(), 1, Integer::sum);
                chosen.add(assignment);
            }
        }
        return chosen;
    }

    private static boolean isOpen(QueueKey key, EnvironmentSettings environment, Map<String, Integer> slots) {
        return !environment.isPaused()
                && slots.getOrDefault(key.environmentScope(), 0) < environment.concurrencyLimit();
    }

    private static boolean isOpen(
            QueueKey key, QueueLimitRepository.@Nullable QueueSettings queue, Map<String, Integer> slots) {
        if (queue == null) {
            return true;
        }
        int limit = queue.limit() == null ? Integer.MAX_VALUE : queue.limit();
        return !queue.isPaused() && slots.getOrDefault(key.keyScope(), 0) < limit;
    }
}
