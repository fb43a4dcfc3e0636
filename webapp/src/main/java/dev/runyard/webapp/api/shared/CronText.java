package dev.runyard.webapp.api.shared;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A cron rule as the API shows it.
///
/// @param type always `CRON`
/// @param expression the rule
/// @param description the rule in words, as far as there are simple ones
public record CronText(String type, String expression, String description) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");
    private static final Pattern STEP = Pattern.compile("\\*/(\\d{1,2})");
    private static final List<String> DAYS = List.of("Sun", "Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun");
    private static final Map<String, String> NAMED_DAYS =
            Map.of("MON-FRI", "Monday through Friday", "1-5", "Monday through Friday");

    /// Describes a rule.
    public static CronText of(String expression) {
        return new CronText("CRON", expression, describe(expression));
    }

    private static String describe(String expression) {
        String[] fields = expression.strip().split("\\s+");
        if (fields.length != 5) {
            return expression;
        }
        String time = time(fields[0], fields[1]);
        String days = days(fields[2], fields[3], fields[4]);
        return time.isEmpty() || days == null ? "By the rule " + expression : time + days;
    }

    private static String time(String minute, String hour) {
        if (NUMBER.matcher(minute).matches() && NUMBER.matcher(hour).matches()) {
            return "At %02d:%02d".formatted(Integer.parseInt(hour), Integer.parseInt(minute));
        }
        if (!hour.equals("*")) {
            return "";
        }
        if (minute.equals("*")) {
            return "Every minute";
        }
        if (STEP.matcher(minute).matches()) {
            return "Every " + minute.substring(2) + " minutes";
        }
        return NUMBER.matcher(minute).matches() ? "At " + minute + " minutes past the hour" : "";
    }

    private static @Nullable String days(String day, String month, String weekday) {
        if (!month.equals("*")) {
            return null;
        }
        if (day.equals("*") && weekday.equals("*")) {
            return "";
        }
        if (weekday.equals("*")) {
            return NUMBER.matcher(day).matches() ? ", on day " + day + " of the month" : null;
        }
        if (!day.equals("*")) {
            return null;
        }
        String named = NAMED_DAYS.get(weekday.toUpperCase(Locale.ROOT));
        if (named != null) {
            return ", " + named;
        }
        return weekday.matches("[0-7]") ? ", only on " + DAYS.get(Integer.parseInt(weekday)) + "day" : null;
    }
}
