package dev.runyard.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/// The instants of a cron expression in a time zone.
///
/// An expression that names times of day fires once for each of them and each local day: a time that a change of the
/// clocks skips fires at the first instant after the gap, a time that occurs twice fires at the first. An expression
/// that says "every so often" follows the hands of the clock: what is skipped does not fire, what occurs twice fires
/// twice, so the time between two ticks stays what it was.
///
/// @param expression the rule
/// @param zone where its days and hours are
public record CronSchedule(CronExpression expression, ZoneId zone) {
    private static final Duration FIRST_LOOK_BACK = Duration.ofMinutes(2);

    /// Reads a schedule.
    ///
    /// @param zone name of the IANA database, such as `Europe/London`
    /// @throws CronSyntaxException where the expression means nothing
    /// @throws java.time.DateTimeException where the zone is unknown
    public static CronSchedule of(String expression, String zone) {
        return new CronSchedule(CronExpression.parse(expression), ZoneId.of(zone));
    }

    /// Returns the first tick after an instant.
    public Instant next(Instant after) {
        return expression.isInterval() ? nextOfHands(after) : nextOfTimes(after);
    }

    /// Returns the next ticks, each computed from the one before.
    public List<Instant> next(Instant after, int count) {
        List<Instant> ticks = new ArrayList<>(count);
        Instant last = after;
        for (int i = 0; i < count; i++) {
            last = next(last);
            ticks.add(last);
        }
        return ticks;
    }

    /// Returns the latest ticks of a span of time, in their order, without walking through all of it.
    ///
    /// @param count how many at most
    /// @param first start of the span, inclusive
    /// @param last its end, inclusive
    List<Instant> latest(int count, Instant first, Instant last) {
        Duration lookBack = FIRST_LOOK_BACK;
        while (true) {
            Instant start = last.minus(lookBack);
            boolean isWhole = start.isBefore(first);
            List<Instant> found = between(isWhole ? first : start, last);
            if (isWhole || found.size() >= count) {
                return found.subList(Math.max(0, found.size() - count), found.size());
            }
            lookBack = lookBack.multipliedBy(2);
        }
    }

    private List<Instant> between(Instant first, Instant last) {
        List<Instant> ticks = new ArrayList<>();
        Instant tick = next(first.minusNanos(1));
        while (!tick.isAfter(last)) {
            ticks.add(tick);
            tick = next(tick);
        }
        return ticks;
    }

    private Instant nextOfTimes(Instant after) {
        LocalDateTime time = LocalDateTime.ofInstant(after, zone);
        Instant tick;
        do {
            time = expression.next(time);
            tick = firstInstantOf(time);
        } while (!tick.isAfter(after));
        return tick;
    }

    private Instant firstInstantOf(LocalDateTime time) {
        ZoneRules rules = zone.getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        return offsets.isEmpty() ? rules.getTransition(time).getInstant() : time.toInstant(offsets.getFirst());
    }

    private Instant nextOfHands(Instant after) {
        ZoneRules rules = zone.getRules();
        Instant start = after;
        while (true) {
            ZoneOffset offset = rules.getOffset(start);
            ZoneOffsetTransition change = rules.nextTransition(start);
            Instant tick =
                    expression.next(LocalDateTime.ofInstant(start, offset)).toInstant(offset);
            if (change == null || tick.isBefore(change.getInstant())) {
                return tick;
            }
            Instant onChange = change.getInstant();
            LocalDateTime justBefore =
                    LocalDateTime.ofInstant(onChange, change.getOffsetAfter()).minusNanos(1);
            Instant afterChange = expression.next(justBefore).toInstant(change.getOffsetAfter());
            ZoneOffsetTransition following = rules.nextTransition(onChange);
            if (following == null || afterChange.isBefore(following.getInstant())) {
                return afterChange;
            }
            start = following.getInstant().minusNanos(1);
        }
    }
}
