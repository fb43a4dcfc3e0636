package dev.runyard.engine.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A cron expression with five fields. It knows dates and times of day, no time zone: see CronSchedule.
public final class CronExpression {
    private static final int MAX_LENGTH = 256;
    /// February has a fifth Monday every 28 years, every 40 around a year such as 2100.
    private static final int YEARS_OF_ALL_CASES = 60;

    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("@YEARLY", "0 0 1 1 *"),
            Map.entry("@ANNUALLY", "0 0 1 1 *"),
            Map.entry("@MONTHLY", "0 0 1 * *"),
            Map.entry("@WEEKLY", "0 0 * * 0"),
            Map.entry("@DAILY", "0 0 * * *"),
            Map.entry("@MIDNIGHT", "0 0 * * *"),
            Map.entry("@HOURLY", "0 * * * *"),
            Map.entry("@MINUTELY", "* * * * *"),
            Map.entry("@WEEKDAYS", "0 0 * * 1-5"),
            Map.entry("@WEEKENDS", "0 0 * * 0,6"));

    private final String text;
    private final CronValues minutes;
    private final CronValues hours;
    private final CronValues months;
    private final CronDays days;

    private CronExpression(String text, String[] fields) {
        this.text = text;
        this.minutes = CronValues.parse(CronUnit.MINUTE, fields[0]);
        this.hours = CronValues.parse(CronUnit.HOUR, fields[1]);
        this.months = CronValues.parse(CronUnit.MONTH, fields[3]);
        this.days = CronDays.parse(fields[2], fields[4]);
    }

    /// Reads an expression; upper and lower case are the same.
    ///
    /// @throws CronSyntaxException where it is none, or where no day matches it
    public static CronExpression parse(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > MAX_LENGTH) {
            throw new CronSyntaxException("a cron expression has at most " + MAX_LENGTH + " characters");
        }
        CronExpression parsed = new CronExpression(trimmed, fieldsOf(trimmed.toUpperCase(Locale.ROOT)));
        if (parsed.nextDay(FIRST_DAY).isEmpty()) {
            throw new CronSyntaxException("no day matches \"" + trimmed + "\": day " + fieldsOf(trimmed)[2]
                    + " does not occur in month " + fieldsOf(trimmed)[3] + " (an example: 0 9 1 * *)");
        }
        return parsed;
    }

    private static String[] fieldsOf(String text) {
        String[] fields = NAMED.getOrDefault(text, text).split("\\s+");
        if (text.startsWith("@") && fields.length == 1) {
            throw new CronSyntaxException("\"" + text.toLowerCase(Locale.ROOT)
                    + "\" is no known name; @hourly, @daily, @weekly, @monthly and @yearly are");
        }
        if (fields.length == 6) {
            throw new CronSyntaxException("CRON expressions with seconds are not allowed: write the five fields minute,"
                    + " hour, day of month, month and day of week (an example: 0 9 * * MON-FRI)");
        }
        if (fields.length != 5) {
            throw new CronSyntaxException("a cron expression has five fields, minute, hour, day of month, month and day"
                    + " of week, and not " + (text.isEmpty() ? 0 : fields.length) + " (an example: 0 9 * * MON-FRI)");
        }
        return fields;
    }

    /// Tells whether the expression says "every so often" within a day instead of naming times of day.
    boolean isInterval() {
        return minutes.isInterval() || hours.isInterval();
    }

    /// Returns the first date and time after the given one that matches.
    LocalDateTime next(LocalDateTime after) {
        LocalDate today = after.toLocalDate();
        LocalTime later = matches(today) ? nextTime(after.getHour(), after.getMinute() + 1) : null;
        if (later != null) {
            return today.atTime(later);
        }
        LocalDate day = nextDay(today).orElseThrow(() -> new IllegalStateException("no day matches " + text));
        return day.atTime(hours.ceiling(0), minutes.ceiling(0));
    }

    private boolean matches(LocalDate date) {
        return months.has(date.getMonthValue()) && days.matches(date);
    }

    private @Nullable LocalTime nextTime(int hour, int minute) {
        int laterMinute = hours.has(hour) ? minutes.ceiling(minute) : -1;
        if (laterMinute >= 0) {
            return LocalTime.of(hour, laterMinute);
        }
        int laterHour = hours.ceiling(hour + 1);
        return laterHour < 0 ? null : LocalTime.of(laterHour, minutes.ceiling(0));
    }

    private Optional<LocalDate> nextDay(LocalDate after) {
        LocalDate last = after.plusYears(YEARS_OF_ALL_CASES);
        LocalDate day = after.plusDays(1);
        while (day.isBefore(last)) {
            if (!months.has(day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
            } else if (days.matches(day)) {
                return Optional.of(day);
            } else {
                day = day.plusDays(1);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
