package dev.runyard.engine.bulk;

import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Actions on many runs at once, as the engine's callers see them. Thread-safe.
public final class BulkActions {
    private final CreateBulkAction create;
    private final BulkRepository repository;
    private final BulkQueries queries;
    private final InstantSource clock;
    private volatile Runnable onCreated = () -> {};

    BulkActions(CreateBulkAction create, BulkRepository repository, BulkQueries queries, InstantSource clock) {
        this.create = create;
        this.repository = repository;
        this.queries = queries;
        this.clock = clock;
    }

    /// Sets what to call when there is something new to do.
    public void onCreated(Runnable wakeUp) {
        this.onCreated = wakeUp;
    }

    /// Accepts an action on the runs that exist now; it is done in the background and survives every restart.
    public BulkOutcome create(BulkCommand command) {
        BulkOutcome outcome = create.create(command);
        if (outcome instanceof BulkOutcome.Created) {
            onCreated.run();
        }
        return outcome;
    }

    /// Stops an action. What was done to runs before stays done.
    public AbortOutcome abort(EnvironmentId environment, BulkActionId id) {
        if (queries.find(environment, id).isEmpty()) {
            return AbortOutcome.UNKNOWN;
        }
        return repository.abort(id, clock.instant()) ? AbortOutcome.ABORTED : AbortOutcome.NOT_PENDING;
    }

    public Optional<BulkAction> find(EnvironmentId environment, BulkActionId id) {
        return queries.find(environment, id);
    }

    /// Lists the actions of an environment, newest first.
    public BulkPage list(EnvironmentId environment, BulkPage.Place place) {
        return queries.list(environment, place);
    }

    /// Returns the actions that a run was part of, and the one that made it, oldest first.
    public List<BulkActionId> actionsOf(RunId run) {
        return queries.actionsOf(run);
    }

    /// Returns runs to which an action could do nothing, newest first.
    ///
    /// @param limit most runs
    public List<BulkFailure> failures(EnvironmentId environment, BulkActionId id, int limit) {
        return queries.find(environment, id).isEmpty() ? List.of() : queries.failures(id, limit);
    }
}
