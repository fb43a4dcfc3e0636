package dev.runyard.engine.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Which days a cron expression allows.
///
/// As in every Unix, a day matches if either field does where both say something; a field that allows everything does
/// not count. (Quartz and Spring want both to match: "the 13th and a Friday" is not "the 13th or a Friday".)
///
/// @param ofMonth rules of the third field; empty where it allows every day
/// @param ofWeek rules of the fifth field; empty where it allows every day
record CronDays(List<DayRule> ofMonth, List<DayRule> ofWeek) {
    /// Decides on one date.
    private sealed interface DayRule {
        boolean matches(LocalDate date);
    }

    private record DaysOfMonth(CronValues values) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return values.has(date.getDayOfMonth());
        }
    }

    private record DaysOfWeek(CronValues values) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            int day = date.getDayOfWeek().getValue();
            return values.has(day) || (day == 7 && values.has(0));
        }
    }

    private record DayBeforeLast(int days) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return date.getDayOfMonth() == date.lengthOfMonth() - days;
        }
    }

    /// The working day next to a day, in the same month. Day 0 stands for the last one.
    private record NearestWorkday(int day) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            int length = date.lengthOfMonth();
            if (day > length) {
                return false;
            }
            LocalDate wanted = date.withDayOfMonth(day == 0 ? length : day);
            int shift = switch (wanted.getDayOfWeek()) {
                case SATURDAY -> wanted.getDayOfMonth() == 1 ? 2 : -1;
                case SUNDAY -> wanted.getDayOfMonth() == length ? -2 : 1;
                case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> 0;
            };
            return date.equals(wanted.plusDays(shift));
        }
    }

    private record LastWeekday(DayOfWeek day) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return date.getDayOfWeek() == day && date.getDayOfMonth() > date.lengthOfMonth() - 7;
        }
    }

    private record NthWeekday(DayOfWeek day, int nth) implements DayRule {
        @Override
        public boolean matches(LocalDate date) {
            return date.getDayOfWeek() == day && (date.getDayOfMonth() - 1) / 7 == nth - 1;
        }
    }

    static CronDays parse(String ofMonth, String ofWeek) {
        return new CronDays(parseDaysOfMonth(ofMonth), parseDaysOfWeek(ofWeek));
    }

    private static List<DayRule> parseDaysOfMonth(String text) {
        List<DayRule> rules = new ArrayList<>();
        for (String item : itemsOf(text)) {
            if (item.equals("L")) {
                rules.add(new DayBeforeLast(0));
            } else if (item.equals("LW")) {
                rules.add(new NearestWorkday(0));
            } else if (item.startsWith("L-")) {
                int days = CronUnit.DAY_OF_MONTH.read(item.substring(2), text);
                if (days > 30) {
                    throw CronSyntaxException.in(CronUnit.DAY_OF_MONTH, text, "counts back further than a month");
                }
                rules.add(new DayBeforeLast(days));
            } else if (item.endsWith("W")) {
                rules.add(new NearestWorkday(CronUnit.DAY_OF_MONTH.read(item.substring(0, item.length() - 1), text)));
            } else {
                rules.add(new DaysOfMonth(CronValues.parse(CronUnit.DAY_OF_MONTH, item)));
            }
        }
        return allowsAll(rules, CronUnit.DAY_OF_MONTH) ? List.of() : List.copyOf(rules);
    }

    private static List<DayRule> parseDaysOfWeek(String text) {
        List<DayRule> rules = new ArrayList<>();
        for (String item : itemsOf(text)) {
            int hash = item.indexOf('#');
            if (item.equals("L")) {
                throw CronSyntaxException.in(
                        CronUnit.DAY_OF_WEEK, text, "does not say which day: write 5L for the last Friday of a month");
            } else if (hash >= 0) {
                rules.add(new NthWeekday(weekday(item.substring(0, hash), text), nth(item.substring(hash + 1), text)));
            } else if (item.endsWith("L")) {
                rules.add(new LastWeekday(weekday(item.substring(0, item.length() - 1), text)));
            } else {
                rules.add(new DaysOfWeek(CronValues.parse(CronUnit.DAY_OF_WEEK, item)));
            }
        }
        return allowsAll(rules, CronUnit.DAY_OF_WEEK) ? List.of() : List.copyOf(rules);
    }

    /// "?" says nothing, as "*" does.
    private static String[] itemsOf(String text) {
        return text.equals("?") ? new String[] {"*"} : text.split(",", -1);
    }

    private static DayOfWeek weekday(String text, String whole) {
        int day = CronUnit.DAY_OF_WEEK.read(text, whole);
        return DayOfWeek.of(day == 0 ? 7 : day);
    }

    private static int nth(String text, String whole) {
        if (!text.matches("[1-5]")) {
            throw CronSyntaxException.in(
                    CronUnit.DAY_OF_WEEK, whole, "has no number from 1 to 5 behind \"#\": 1#2 is the second Monday");
        }
        return Integer.parseInt(text);
    }

    private static boolean allowsAll(List<DayRule> rules, CronUnit unit) {
        long bits = 0;
        for (DayRule rule : rules) {
            bits |= switch (rule) {
                case DaysOfMonth(CronValues values) -> values.bits();
                case DaysOfWeek(CronValues values) -> values.bits() | values.bits() >>> 7 | (values.bits() & 1) << 7;
                case DayBeforeLast _, NearestWorkday _, LastWeekday _, NthWeekday _ -> 0;
            };
        }
        return Long.bitCount(bits) == unit.last() - unit.first() + 1;
    }

    boolean matches(LocalDate date) {
        if (ofMonth.isEmpty() && ofWeek.isEmpty()) {
            return true;
        }
        return ofMonth.stream().anyMatch(rule -> rule.matches(date))
                || ofWeek.stream().anyMatch(rule -> rule.matches(date));
    }
}
