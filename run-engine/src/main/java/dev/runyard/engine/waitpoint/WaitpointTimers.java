package dev.runyard.engine.waitpoint;

import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerHandler;
import dev.runyard.engine.timer.TimerWheel;
import java.time.Instant;
import java.util.UUID;

/// Completes dates that are reached and tokens that time out.
final class WaitpointTimers implements TimerHandler {
    private final WaitpointRepository waitpoints;
    private final SettleWaitpoint settle;
    private final TimerWheel wheel;

    WaitpointTimers(WaitpointRepository waitpoints, SettleWaitpoint settle, TimerWheel wheel) {
        this.waitpoints = waitpoints;
        this.settle = settle;
        this.wheel = wheel;
    }

    @Override
    public boolean fire(Timer timer) {
        return waitpoints
                .find(timer.subject())
                .filter(found -> !found.isCompleted())
                .map(found -> settle.settle(found.id(), outputOf(found.kind(), timer.dueAt())))
                .orElse(false);
    }

    private static WaitpointOutput outputOf(WaitpointKind kind, Instant due) {
        return switch (kind) {
            case DATETIME -> WaitpointOutput.NONE;
            case MANUAL, RUN, BATCH -> WaitpointOutput.timeout(due);
        };
    }

    /// Hears of a timer that was committed.
    void armed(UUID waitpoint, Instant due) {
        wheel.armed(new Timer(Timer.Kind.WAITPOINT, waitpoint, due));
    }
}
