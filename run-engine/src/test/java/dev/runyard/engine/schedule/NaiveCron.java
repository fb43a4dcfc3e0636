package dev.runyard.engine.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A second, slow opinion on cron expressions: it looks at every minute and shares no code with the engine.
///
/// Knows numbers, lists, ranges, steps, `L`, `L-n`, `LW`, `nW`, `nL` and `n#k`.
final class NaiveCron {
    private final String[] fields;
    private final boolean[] minutes;
    private final boolean[] hours;

    NaiveCron(String text) {
        fields = text.split(" ");
        minutes = allowed(fields[0], 0, 59);
        hours = allowed(fields[1], 0, 23);
    }

    private static boolean[] allowed(String field, int first, int last) {
        boolean[] allowed = new boolean[last + 1];
        IntStream.rangeClosed(first, last).forEach(value -> allowed[value] = allows(field, value, first, last));
        return allowed;
    }

    private static boolean allows(String field, int value, int first, int last) {
        return List.of(field.split(",")).stream().anyMatch(item -> {
            String[] parts = item.split("/");
            int step = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
            String[] ends = parts[0].equals("*") ? new String[] {first + "", last + ""} : parts[0].split("-");
            int from = Integer.parseInt(ends[0]);
            int to = ends.length == 2 ? Integer.parseInt(ends[1]) : parts.length == 2 ? last : from;
            return value >= from && value <= to && (value - from) % step == 0;
        });
    }

    boolean matches(LocalDateTime time) {
        return minutes[time.getMinute()] && hours[time.getHour()] && matches(time.toLocalDate());
    }

    boolean matches(LocalDate date) {
        if (!allows(fields[3], date.getMonthValue(), 1, 12)) {
            return false;
        }
        boolean anyDay = fields[2].equals("*");
        boolean anyWeekday = fields[4].equals("*");
        if (anyDay || anyWeekday) {
            return (anyDay || matchesDay(date)) && (anyWeekday || matchesWeekday(date));
        }
        return matchesDay(date) || matchesWeekday(date);
    }

    private boolean matchesDay(LocalDate date) {
        return List.of(fields[2].split(",")).stream().anyMatch(item -> {
            LocalDate end = date.plusMonths(1).withDayOfMonth(1).minusDays(1);
            if (item.equals("L")) {
                return date.plusDays(1).getMonth() != date.getMonth();
            }
            if (item.startsWith("L-")) {
                return date.equals(end.minusDays(Integer.parseInt(item.substring(2))));
            }
            if (item.endsWith("W")) {
                String day = item.substring(0, item.length() - 1);
                int wanted = day.equals("L") ? end.getDayOfMonth() : Integer.parseInt(day);
                return wanted <= end.getDayOfMonth() && date.equals(closestWorkday(date.withDayOfMonth(wanted)));
            }
            return allows(item, date.getDayOfMonth(), 1, 31);
        });
    }

    private static LocalDate closestWorkday(LocalDate wanted) {
        return IntStream.rangeClosed(-3, 3)
                .mapToObj(wanted::plusDays)
                .filter(day -> day.getMonth() == wanted.getMonth())
                .filter(day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY)
                .min(Comparator.comparingLong(day -> Math.abs(ChronoUnit.DAYS.between(wanted, day))))
                .orElseThrow();
    }

    private boolean matchesWeekday(LocalDate date) {
        int day = date.getDayOfWeek().getValue() % 7;
        return List.of(fields[4].split(",")).stream().anyMatch(item -> {
            if (item.endsWith("L")) {
                return Integer.parseInt(item.substring(0, item.length() - 1)) % 7 == day
                        && date.plusWeeks(1).getMonth() != date.getMonth();
            }
            if (item.contains("#")) {
                int nth = Integer.parseInt(item.substring(item.indexOf('#') + 1));
                return Integer.parseInt(item.substring(0, item.indexOf('#'))) % 7 == day
                        && date.minusWeeks(nth - 1L).getMonth() == date.getMonth()
                        && date.minusWeeks(nth).getMonth() != date.getMonth();
            }
            return allows(item, day, 0, 7) || (day == 0 && allows(item, 7, 0, 7));
        });
    }

    /// Every minute that the hands of the clock in the zone match.
    List<Instant> byTheHands(ZoneId zone, Instant first, Instant last) {
        List<Instant> ticks = new ArrayList<>();
        for (Instant minute = first; !minute.isAfter(last); minute = minute.plusSeconds(60)) {
            if (matches(LocalDateTime.ofInstant(minute, zone))) {
                ticks.add(minute);
            }
        }
        return ticks;
    }

    /// For every local time that matches, the first minute at which the clock in the zone shows it or something later.
    List<Instant> oncePerLocalTime(ZoneId zone, Instant first, Instant last) {
        List<Instant> ticks = new ArrayList<>();
        LocalDateTime latest = LocalDateTime.ofInstant(first, zone).minusMinutes(1);
        for (Instant minute = first; !minute.isAfter(last); minute = minute.plusSeconds(60)) {
            LocalDateTime shown = LocalDateTime.ofInstant(minute, zone);
            boolean fires = false;
            while (latest.isBefore(shown)) {
                latest = latest.plusMinutes(1);
                fires |= matches(latest);
            }
            if (fires) {
                ticks.add(minute);
            }
        }
        return ticks;
    }
}
