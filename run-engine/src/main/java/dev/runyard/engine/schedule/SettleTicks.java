package dev.runyard.engine.schedule;

import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.ScheduleId;
import java.time.InstantSource;

/// Lets happen what is due, before a schedule changes: a tick that the old rule promised is not lost to a change that
/// came a moment later.
final class SettleTicks {
    private final InstanceRepository instances;
    private final FireSchedule fire;
    private final InstantSource clock;

    SettleTicks(InstanceRepository instances, FireSchedule fire, InstantSource clock) {
        this.instances = instances;
        this.fire = fire;
        this.clock = clock;
    }

    void settle(ScheduleId schedule) {
        instances
                .findAll(schedule)
                .forEach(instance -> fire.fire(new Timer(Timer.Kind.SCHEDULE, instance.id(), clock.instant())));
    }
}
