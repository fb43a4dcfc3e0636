package dev.runyard.engine.waitpoint;

import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerWheel;
import java.time.Duration;
import java.time.InstantSource;

/// Wires what this package does and hooks it into timers and the ends of runs.
public final class WaitParts {
    private final WaitpointQueries queries;
    private final CreateWaitpoint create;
    private final AwaitRun awaitRun;
    private final CompleteToken completeToken;
    private final BlockRun block;
    private final SuspendRun suspend;
    private final ContinueRun goOn;
    private final WaitForBatch batches;
    private final RecheckWaits recheck;

    /// What waiting needs of the engine.
    ///
    /// @param executionTimeout how long a running attempt may stay without a heartbeat
    /// @param maxDurationGrace how much longer than its `maxDuration` a runner may report it itself
    public record Collaborators(
            WaitpointRepository waitpoints,
            EdgeRepository edges,
            WaitpointQueries queries,
            RunStateRepository states,
            RunLifecycle lifecycle,
            TimerWheel timers,
            Transactions transactions,
            EngineMetrics metrics,
            SyncPoints syncPoints,
            InstantSource clock,
            Duration executionTimeout,
            Duration maxDurationGrace) {}

    public WaitParts(Collaborators with, WaitsConfig config) {
        RunStateRepository states = with.states();
        RunLifecycle lifecycle = with.lifecycle();
        ResumeRuns resume = new ResumeRuns(states, with.edges(), lifecycle);
        SettleWaitpoint settle = new SettleWaitpoint(
                with.waitpoints(),
                with.edges(),
                resume,
                with.transactions(),
                with.syncPoints(),
                config.resumedAtOnce(),
                with.clock());
        WaitpointTimers timers = new WaitpointTimers(with.waitpoints(), settle, with.timers());
        with.timers().handle(timers, Timer.Kind.WAITPOINT);
        lifecycle.onFinish(new FinishAwaitedRun(settle));
        queries = with.queries();
        create = new CreateWaitpoint(with.waitpoints(), queries, timers, config, with.clock());
        awaitRun = new AwaitRun(states, with.waitpoints(), with.transactions(), with.clock());
        completeToken = new CompleteToken(queries, settle, config);
        block = new BlockRun(
                new BlockRun.Collaborators(
                        states, with.waitpoints(), with.edges(), resume, lifecycle, timers, with.transactions()),
                with.syncPoints(),
                with.clock());
        suspend = new SuspendRun(states, lifecycle, with.metrics());
        goOn = new ContinueRun(
                states,
                lifecycle,
                with.metrics(),
                new ContinueRun.Limits(with.executionTimeout(), with.maxDurationGrace()),
                with.clock());
        batches = new WaitForBatch(
                with.waitpoints(), with.edges(), block, awaitRun, settle, with.transactions(), with.clock());
        recheck = new RecheckWaits(
                with.edges(), with.waitpoints(), states, resume, with.transactions(), with.metrics(), with.clock());
    }

    /// Returns the facade for callers of the engine.
    public Waits facade() {
        return new Waits(this);
    }

    WaitpointQueries queries() {
        return queries;
    }

    CreateWaitpoint create() {
        return create;
    }

    CompleteToken completeToken() {
        return completeToken;
    }

    SuspendRun suspend() {
        return suspend;
    }

    ContinueRun goOn() {
        return goOn;
    }

    /// Returns who gives existing runs a waitpoint.
    public AwaitRun awaitRun() {
        return awaitRun;
    }

    /// Returns who lets runs wait.
    public BlockRun block() {
        return block;
    }

    /// Returns who lets runs wait for batches.
    public WaitForBatch batches() {
        return batches;
    }

    /// Compares waiting runs with what they wait for.
    public void recheck() {
        recheck.check();
    }
}
