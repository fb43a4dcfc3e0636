package dev.runyard.engine.cancel;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerHandler;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Cancels the children of a canceled run, some at a time; each then has a timer of its own for its children.
///
/// The timer's row stays until no child is left. A crash in between repeats only what has no effect: children that
/// ended or were told are not found again. It runs twice for a run that a worker had, with the request and when the run
/// ended, for it may have triggered more children in between.
public final class CancelChildren implements TimerHandler {
    private static final String DEFAULT_REASON = "The run that triggered it was canceled.";

    private final RunStateRepository states;
    private final ChildRepository children;
    private final CancelRun cancelRun;
    private final CancelConfig config;
    private final SyncPoints syncPoints;
    /// Which child was the last; only saves this server from reading the children of a large family again and again.
    private final Map<Timer, RunId> reached = new ConcurrentHashMap<>();

    public CancelChildren(
            RunStateRepository states,
            ChildRepository children,
            CancelRun cancelRun,
            CancelConfig config,
            SyncPoints syncPoints) {
        this.states = states;
        this.children = children;
        this.cancelRun = cancelRun;
        this.config = config;
        this.syncPoints = syncPoints;
    }

    @Override
    public boolean fire(Timer timer) {
        Optional<RunState> parent = states.find(new RunId(timer.subject())).filter(CancelChildren::isCanceled);
        return parent.isPresent() && cancelSome(timer, parent.get());
    }

    private static boolean isCanceled(RunState state) {
        return state.execution() == ExecutionStatus.PENDING_CANCEL || state.status() == RunStatus.CANCELED;
    }

    /// Returns whether there may be more.
    private boolean cancelSome(Timer timer, RunState parent) {
        String reason = Objects.requireNonNullElse(parent.statusReason(), DEFAULT_REASON);
        RunId after = reached.getOrDefault(timer, new RunId(new UUID(0, 0)));
        List<RunId> found = children.findUnfinished(parent.runId(), after, config.childrenPerStep());
        for (RunId child : found) {
            cancelRun.cancel(parent.environmentId(), child, reason);
            syncPoints.reach(SyncPoint.CHILD_CANCELED);
        }
        if (found.size() < config.childrenPerStep()) {
            reached.remove(timer);
            return false;
        }
        reached.put(timer, found.getLast());
        return true;
    }
}
