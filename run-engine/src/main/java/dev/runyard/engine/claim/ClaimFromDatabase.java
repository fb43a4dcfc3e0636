package dev.runyard.engine.claim;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.Lane;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.protocol.id.RunId;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/// Claims while Redis is away: slower, one at a time over all webapps, and under the same limits.
///
/// The first such claim makes every filling of Redis invalid, so a Redis that comes back is filled anew before it is
/// used.
public final class ClaimFromDatabase {
    private static final int WINDOW = 500;

    private final ReadyRunRepository ready;
    private final ClaimRepository claims;
    private final ConfirmClaims confirm;
    private final EpochRepository epochs;
    private final Environments environments;
    private final QueueLimitRepository limits;
    private final TransactionTemplate transaction;
    private final EnvironmentTurns turns = new EnvironmentTurns();
    private final InstantSource clock;

    /// What claiming needs.
    public record Collaborators(
            ReadyRunRepository ready,
            ClaimRepository claims,
            ConfirmClaims confirm,
            EpochRepository epochs,
            Environments environments,
            QueueLimitRepository limits,
            TransactionTemplate transaction) {}

    public ClaimFromDatabase(Collaborators with, InstantSource clock) {
        this.ready = with.ready();
        this.claims = with.claims();
        this.confirm = with.confirm();
        this.epochs = with.epochs();
        this.environments = with.environments();
        this.limits = with.limits();
        this.transaction = with.transaction();
        this.clock = clock;
    }

    List<ClaimedRun> claim(ClaimRequest request) {
        // The control plane is asked before the transaction; what is chosen in it is checked again by its version.
        List<EnvironmentSettings> settings = environments.all();
        List<QueueClaim> startable =
                turns.order(ready.findStartable(request.workerQueue(), limits.limits(settings), WINDOW)).stream()
                        .map(state -> new QueueClaim(state.runId(), state.version(), Lane.START))
                        .toList();
        ConfirmClaims.Prepared prepared = confirm.prepare(startable, request.workerQueue());
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
        List<ClaimedRun> runs = confirm.claimedRuns(prepared, written, holder);
        runs.forEach(run -> turns.served(run.state().environmentId()));
        return runs;
    }

    private List<ClaimRepository.Assignment> choose(
            ConfirmClaims.Prepared prepared, List<EnvironmentSettings> settings, int most) {
        Gates gates = new Gates(limits.limits(settings), ready.countSlots());
        return prepared.assignments().stream()
                .filter(assignment -> gates.take(QueueKey.of(assignment.state())))
                .limit(most)
                .toList();
    }
}
