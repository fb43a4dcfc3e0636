package dev.runyard.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is to be done about the ticks of an instance that are due.
///
/// @param fires nominal times that happen now, in their order
/// @param missed nominal times that are left out
/// @param last the latest nominal time that this plan is about
/// @param next the tick after that; due already where the plan is only a part of what is to be made up for
record TickPlan(List<Instant> fires, @Nullable Missed missed, Instant last, ScheduleTiming.Tick next) {
    /// Runs that one transaction writes at most.
    static final int MAX_FIRES = 100;

    /// The first and the last nominal time of ticks that are left out together.
    record Missed(Instant first, Instant last) {}

    /// Decides.
    ///
    /// @param first nominal time of the first tick that is due
    /// @param keep how many missed ticks the policy wants
    /// @param missedAfter a tick that is not later than this happens whatever the policy says
    static TickPlan of(ScheduleTiming timing, Instant first, int keep, Duration missedAfter, Instant now) {
        int wanted = Math.max(keep, countOnTime(timing, first, missedAfter, now));
        List<Instant> due = latestDue(timing, first, Math.max(1, wanted), now);
        Instant latest = due.getLast();
        List<Instant> fires = wanted == 0 ? List.of() : due;
        Missed missed = missed(timing, first, fires, latest);
        if (fires.size() > MAX_FIRES) {
            Instant rest = fires.get(MAX_FIRES);
            List<Instant> part = fires.subList(0, MAX_FIRES);
            return new TickPlan(List.copyOf(part), missed, part.getLast(), timing.tick(rest));
        }
        return new TickPlan(List.copyOf(fires), missed, latest, timing.after(latest));
    }

    private static int countOnTime(ScheduleTiming timing, Instant first, Duration missedAfter, Instant now) {
        Instant bound = now.minus(missedAfter);
        // A tick happens before the next one's nominal time: no more than one before the bound can be on time.
        List<Instant> before = timing.cron().latest(1, first, bound);
        Instant nominal = before.isEmpty() ? first : before.getFirst();
        int count = 0;
        while (!nominal.isAfter(now)) {
            Instant dueAt = timing.tick(nominal).dueAt();
            count += dueAt.isAfter(bound) && !dueAt.isAfter(now) ? 1 : 0;
            nominal = timing.cron().next(nominal);
        }
        return count;
    }

    /// Only the last nominal time up to now may not be due yet.
    private static List<Instant> latestDue(ScheduleTiming timing, Instant first, int count, Instant now) {
        List<Instant> latest = timing.cron().latest(count + 1, first, now);
        boolean isLastDue =
                !latest.isEmpty() && !timing.tick(latest.getLast()).dueAt().isAfter(now);
        List<Instant> due = isLastDue || latest.isEmpty() ? latest : latest.subList(0, latest.size() - 1);
        if (due.isEmpty()) {
            // The zone's rules changed since the tick was stored. It happens when it was announced to happen.
            return List.of(first);
        }
        return due.subList(Math.max(0, due.size() - count), due.size());
    }

    private static @Nullable Missed missed(ScheduleTiming timing, Instant first, List<Instant> fires, Instant latest) {
        if (fires.isEmpty()) {
            return new Missed(first, latest);
        }
        Instant start = fires.getFirst();
        if (!first.isBefore(start)) {
            return null;
        }
        List<Instant> before = timing.cron().latest(1, first, start.minusNanos(1));
        return new Missed(first, Objects.requireNonNull(before.getFirst()));
    }
}
