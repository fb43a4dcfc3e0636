package dev.runyard.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When the ticks of one instance happen.
///
/// @param cron the nominal times
/// @param window how far they may be moved
/// @param phase the place in the window
/// @param isSpread whether they are moved
record ScheduleTiming(CronSchedule cron, @Nullable ScheduleWindow window, SpreadPhase phase, boolean isSpread) {
    /// A tick.
    ///
    /// @param nominalAt the cron's time
    /// @param dueAt when it happens: not earlier, and before the next nominal time
    record Tick(Instant nominalAt, Instant dueAt) {}

    /// @param spreadFraction share of the schedules without a window of their own that are spread
    static ScheduleTiming of(Schedule schedule, int phase, double spreadFraction) {
        ScheduleWindow window = schedule.window();
        SpreadPhase place = new SpreadPhase(phase);
        boolean isSpread = window == null ? place.isWithin(spreadFraction) : !window.isZero();
        return new ScheduleTiming(schedule.ticks(), window, place, isSpread);
    }

    Tick tick(Instant nominal) {
        if (!isSpread) {
            return new Tick(nominal, nominal);
        }
        Duration interval = Duration.between(nominal, cron.next(nominal));
        return new Tick(nominal, nominal.plus(phase.delay(interval, window)));
    }

    Tick after(Instant nominal) {
        return tick(cron.next(nominal));
    }
}
