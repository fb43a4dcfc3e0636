package dev.runyard.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.Shows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2036-01-01T00:00:00Z");

    private static CronSchedule cron(String expression, String zone) {
        return CronSchedule.of(expression, zone);
    }

    /// What people expect at a change of the clocks: 29 March and 25 October 2026 in Europe, 4 October 2026 and 5 April
    /// 2026 on Lord Howe Island, where the clocks move by half an hour.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *     | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z | 2026-03-30T00:30:00Z
            0 3 * * *      | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z | 2026-03-30T01:00:00Z
            0 2,3 * * *    | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z | 2026-03-30T00:00:00Z
            30 2 * * *     | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z
            30 * * * *     | Europe/Berlin       | 2026-03-29T00:00:00Z | 2026-03-29T00:30:00Z | 2026-03-29T01:30:00Z
            30 * * * *     | Europe/Berlin       | 2026-10-25T00:00:00Z | 2026-10-25T00:30:00Z | 2026-10-25T01:30:00Z
            */30 2 * * *   | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-30T00:00:00Z | 2026-03-30T00:30:00Z
            15 2 * * *     | Australia/Lord_Howe | 2026-10-03T12:00:00Z | 2026-10-03T15:30:00Z | 2026-10-04T15:15:00Z
            45 1 * * *     | Australia/Lord_Howe | 2026-04-04T12:00:00Z | 2026-04-04T14:45:00Z | 2026-04-05T15:15:00Z
            */20 * * * *   | Australia/Lord_Howe | 2026-10-03T15:20:00Z | 2026-10-03T15:40:00Z | 2026-10-03T16:00:00Z
            0 0 * * *      | America/Sao_Paulo   | 2026-08-01T12:00:00Z | 2026-08-02T03:00:00Z | 2026-08-03T03:00:00Z
            0 0 29 2 *     | Asia/Kathmandu      | 2026-08-01T12:00:00Z | 2028-02-28T18:15:00Z | 2032-02-28T18:15:00Z
            """)
    void followsTheClocksOfItsZone(String expression, String zone, Instant after, Instant first, Instant second) {
        assertThat(cron(expression, zone).next(after, 2)).containsExactly(first, second);
    }

    @Test
    @Shows({"SCC-2", "SCC-3"})
    void aDayMayHave23Or25Hours() {
        CronSchedule daily = cron("0 12 * * *", "Europe/London");
        Instant spring = Instant.parse("2026-03-28T12:00:00Z");
        Instant autumn = Instant.parse("2026-10-24T11:00:00Z");
        assertThat(Duration.between(spring, daily.next(spring))).isEqualTo(Duration.ofHours(23));
        assertThat(Duration.between(autumn, daily.next(autumn))).isEqualTo(Duration.ofHours(25));
    }

    @Test
    @Shows("SCC-10")
    void computesEachUpcomingTickFromTheOneBefore() {
        CronSchedule schedule = cron("0 9 L * *", "UTC");
        List<Instant> upcoming = schedule.next(Instant.parse("2026-08-01T00:00:00Z"), 3);
        assertThat(upcoming)
                .containsExactly(
                        Instant.parse("2026-08-31T09:00:00Z"),
                        Instant.parse("2026-09-30T09:00:00Z"),
                        Instant.parse("2026-10-31T09:00:00Z"));
        assertThat(schedule.next(upcoming.get(1))).isEqualTo(upcoming.get(2));
    }

    @Test
    void findsTheLatestTicksOfALongSpanWithoutWalkingThroughIt() {
        CronSchedule minutely = cron("* * * * *", "UTC");
        Instant end = Instant.parse("2026-08-01T10:00:30Z");
        assertThat(minutely.latest(2, Instant.EPOCH, end))
                .containsExactly(Instant.parse("2026-08-01T09:59:00Z"), Instant.parse("2026-08-01T10:00:00Z"));
        assertThat(minutely.latest(5, Instant.parse("2026-08-01T10:00:00Z"), end))
                .hasSize(1);
        assertThat(minutely.latest(5, Instant.parse("2026-08-01T10:00:01Z"), end))
                .isEmpty();
        assertThat(cron("0 0 29 2 *", "UTC").latest(1, Instant.EPOCH, end))
                .containsExactly(Instant.parse("2024-02-29T00:00:00Z"));
    }

    /// Compares with a walk through every minute around every change of every zone's clocks from 2020 to 2035.
    @Test
    void agreesWithAWalkThroughEveryMinuteAroundEveryChangeOfTheClocks() {
        Map<String, List<ZoneOffsetTransition>> changes = changesOfDistinctZones();
        int compared = 0;
        for (Map.Entry<String, List<ZoneOffsetTransition>> zone : changes.entrySet()) {
            for (ZoneOffsetTransition change : zone.getValue()) {
                for (String expression : expressionsAround(change)) {
                    compare(expression, zone.getKey(), change.getInstant());
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(5_000);
    }

    private static void compare(String expression, String zone, Instant change) {
        Instant first = change.minus(Duration.ofHours(4));
        Instant last = change.plus(Duration.ofHours(4));
        CronSchedule schedule = cron(expression, zone);
        NaiveCron naive = new NaiveCron(expression);
        boolean isInterval = expression.contains("/") || expression.startsWith("*") || expression.contains(" * * * *");
        List<Instant> expected = isInterval
                ? naive.byTheHands(schedule.zone(), first, last)
                : naive.oncePerLocalTime(schedule.zone(), first, last);
        List<Instant> found = new ArrayList<>();
        for (Instant tick = schedule.next(first.minusNanos(1)); !tick.isAfter(last); tick = schedule.next(tick)) {
            found.add(tick);
        }
        assertThat(found).as(expression + " in " + zone + " around " + change).isEqualTo(expected);
    }

    /// Times of day shortly before, in and shortly after what is skipped or repeated, and intervals.
    private static List<String> expressionsAround(ZoneOffsetTransition change) {
        LocalDateTime before = change.getDateTimeBefore();
        LocalDateTime after = change.getDateTimeAfter();
        LocalDateTime start = before.isBefore(after) ? before : after;
        return List.of(
                start.getMinute() + " " + start.getHour() + " * * *",
                start.plusMinutes(10).getMinute() + "," + start.getMinute() + " " + start.getHour() + " * * *",
                start.plusMinutes(29).getMinute() + " " + start.plusMinutes(29).getHour() + " * * *",
                start.plusHours(1).getMinute() + " " + start.plusHours(1).getHour() + " * * *",
                "7 0-23/2 * * *",
                "*/25 * * * *",
                "10 * * * *");
    }

    private static Map<String, List<ZoneOffsetTransition>> changesOfDistinctZones() {
        Map<List<ZoneOffsetTransition>, String> zones = new HashMap<>();
        for (String zone : ZoneId.getAvailableZoneIds()) {
            zones.putIfAbsent(changesOf(ZoneId.of(zone).getRules()), zone);
        }
        Map<String, List<ZoneOffsetTransition>> changes = new TreeMap<>();
        zones.forEach((list, zone) -> changes.put(zone, list));
        return changes;
    }

    private static List<ZoneOffsetTransition> changesOf(ZoneRules rules) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        for (ZoneOffsetTransition change = rules.nextTransition(FIRST);
                change != null && change.getInstant().isBefore(LAST);
                change = rules.nextTransition(change.getInstant())) {
            changes.add(change);
        }
        return changes;
    }
}
