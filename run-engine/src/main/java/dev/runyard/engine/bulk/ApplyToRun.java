package dev.runyard.engine.bulk;

import dev.runyard.engine.cancel.CancelOutcome;
import dev.runyard.engine.cancel.CancelRun;
import dev.runyard.engine.trigger.ReplayCommand;
import dev.runyard.engine.trigger.ReplayRun;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.BulkActionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;

/// Does to one run what a bulk action is for. Doing it twice, because a server died before it could write down that it
/// was done, has the same result: a canceled run is known by its reason, a replay by its request key.
final class ApplyToRun {
    /// Request keys live for a day; whoever may have replayed a run longer ago than this does not replay it again.
    private static final Duration KNOWN_REPLAY = Duration.ofHours(23);

    private static final String NOT_FOUND = "There is no such run in this environment.";

    private final CancelRun cancelRun;
    private final ReplayRun replayRun;
    private final InstantSource clock;

    ApplyToRun(CancelRun cancelRun, ReplayRun replayRun, InstantSource clock) {
        this.cancelRun = cancelRun;
        this.replayRun = replayRun;
        this.clock = clock;
    }

    BulkWork.Result apply(BulkWork work, BulkWork.Item item) {
        try {
            return switch (work.kind()) {
                case CANCEL -> cancel(work, item);
                case REPLAY -> replay(work, item);
            };
        } catch (DataIntegrityViolationException e) {
            // Something about this one run; the others must not wait for it.
            return BulkWork.Result.failed("The database refused it.");
        }
    }

    private BulkWork.Result cancel(BulkWork work, BulkWork.Item item) {
        String reason = reason(work.id());
        return switch (cancelRun.cancel(work.environmentId(), item.run(), reason)) {
            case CancelOutcome.Canceled _ -> BulkWork.Result.done(null);
            case CancelOutcome.AlreadyFinished(var state) ->
                reason.equals(state.statusReason())
                        ? BulkWork.Result.done(null)
                        : BulkWork.Result.skipped("The run had ended.");
            case CancelOutcome.Unknown _ -> BulkWork.Result.failed(NOT_FOUND);
        };
    }

    private static String reason(BulkActionId id) {
        return "Canceled by the bulk action " + id + ".";
    }

    private BulkWork.Result replay(BulkWork work, BulkWork.Item item) {
        if (item.plannedAt().plus(KNOWN_REPLAY).isBefore(clock.instant())) {
            return BulkWork.Result.failed("Nobody knows whether it was replayed before all servers stopped.");
        }
        ReplayCommand command = ReplayCommand.of(work.environmentId(), item.run(), "bulk")
                .changing(run -> run.requestKey("bulk:" + work.id() + ":" + item.run()));
        Optional<TriggerOutcome> outcome = replayRun.replay(command);
        return switch (outcome.orElse(null)) {
            case TriggerOutcome.Accepted accepted -> BulkWork.Result.done(accepted.runId());
            case TriggerOutcome.Rejected rejected -> BulkWork.Result.failed(rejected.sentence());
            case null -> BulkWork.Result.failed(NOT_FOUND);
        };
    }
}
