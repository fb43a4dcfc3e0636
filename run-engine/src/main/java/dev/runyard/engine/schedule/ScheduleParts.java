package dev.runyard.engine.schedule;

import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.StagedTrigger;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.InstantSource;

/// Wires what this package does and hooks it into the timers.
public final class ScheduleParts {
    private final InstanceRepository instances;
    private final TickRepository ticks;
    private final ScheduleQueries queries;
    private final CreateSchedule create;
    private final UpdateSchedule update;
    private final SwitchSchedule switchSchedule;
    private final DeleteSchedule deleteSchedule;
    private final RemoveEnvironment removeEnvironment;
    private final SyncSchedules sync;
    private final KeepSchedules keep;

    /// What schedules need of the engine.
    public record Collaborators(
            ScheduleRepository schedules,
            InstanceRepository instances,
            TickRepository ticks,
            Environments environments,
            WorkerVersions versions,
            StagedTrigger trigger,
            TimerWheel timers,
            Transactions transactions,
            EngineMetrics metrics,
            Json json,
            SyncPoints syncPoints,
            InstantSource clock) {}

    public ScheduleParts(Collaborators with, ScheduleConfig config) {
        instances = with.instances();
        ticks = with.ticks();
        InstantSource clock = with.clock();
        FireSchedule fire = new FireSchedule(
                new FireSchedule.Collaborators(
                        instances,
                        ticks,
                        new DecideTicks(with.environments(), with.trigger(), with.json(), clock),
                        with.trigger(),
                        with.transactions(),
                        with.timers(),
                        with.metrics()),
                with.syncPoints(),
                config,
                clock);
        with.timers().handle(fire, Timer.Kind.SCHEDULE);
        TimeOrderedIds ids = new TimeOrderedIds(clock);
        queries = new ScheduleQueries(with.schedules(), instances);
        SaveSchedule save =
                new SaveSchedule(with.schedules(), instances, with.transactions(), with.timers(), ids, config, clock);
        CreateSchedule.Stores stores = new CreateSchedule.Stores(
                with.schedules(), queries, save, new LimitSchedules(with.schedules(), config), with.transactions());
        CheckRule checkRule = new CheckRule(config);
        CheckDraft check = new CheckDraft(checkRule, new CheckTask(with.versions()));
        SettleTicks settle = new SettleTicks(instances, fire, clock);
        create = new CreateSchedule(stores, check, settle, ids, clock);
        update = new UpdateSchedule(stores, check, settle, clock);
        switchSchedule = new SwitchSchedule(stores, settle, clock);
        deleteSchedule = new DeleteSchedule(with.schedules(), instances, with.transactions());
        removeEnvironment = new RemoveEnvironment(with.schedules(), instances, with.transactions());
        sync = new SyncSchedules(
                stores, checkRule, new SyncSchedules.Ends(settle, deleteSchedule), with.environments(), ids, clock);
        keep = new KeepSchedules(instances, ticks, with.metrics(), config, clock);
    }

    /// Returns the facade for callers of the engine.
    public Schedules facade() {
        return new Schedules(this);
    }

    /// Removes what is old and restores timers that are missing.
    public void keep() {
        keep.keep();
    }

    InstanceRepository instances() {
        return instances;
    }

    TickRepository ticks() {
        return ticks;
    }

    ScheduleQueries queries() {
        return queries;
    }

    CreateSchedule create() {
        return create;
    }

    UpdateSchedule update() {
        return update;
    }

    SwitchSchedule switchSchedule() {
        return switchSchedule;
    }

    DeleteSchedule deleteSchedule() {
        return deleteSchedule;
    }

    RemoveEnvironment removeEnvironment() {
        return removeEnvironment;
    }

    SyncSchedules sync() {
        return sync;
    }

    KeepSchedules keeper() {
        return keep;
    }
}
