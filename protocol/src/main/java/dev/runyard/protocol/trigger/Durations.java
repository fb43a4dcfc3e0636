package dev.runyard.protocol.trigger;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The duration grammar of the public API: {@code 30s}, {@code 1h30m}, {@code 2d}, {@code 1w}; at most 100 characters.
 */
public final class Durations {
    private static final Pattern WHOLE = Pattern.compile("^(\\d{1,9}(w|d|hr|h|m|s))+$");
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(w|d|hr|h|m|s)");
    private static final int MAX_LENGTH = 100;

    private Durations() {}

    /** Reads a duration; empty where the text does not follow the grammar. A unit that is repeated counts once. */
    public static Optional<Duration> parse(String text) {
        if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        String seen = "";
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String unit = part.group(2).substring(0, 1);
            if (!seen.contains(unit)) {
                sum = sum.plus(of(Long.parseLong(part.group(1)), unit.charAt(0)));
                seen += unit;
            }
        }
        return Optional.of(sum);
    }

    /** Writes whole seconds in the grammar, largest unit first: 3,660 is {@code 1h1m}. Zero is {@code 0s}. */
    public static String format(Duration duration) {
        StringBuilder text = new StringBuilder();
        long days = duration.toDays();
        append(text, days / 7, 'w');
        append(text, days % 7, 'd');
        append(text, duration.toHoursPart(), 'h');
        append(text, duration.toMinutesPart(), 'm');
        append(text, duration.toSecondsPart(), 's');
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, char unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }

    private static Duration of(long amount, char unit) {
        return switch (unit) {
            case 'w' -> Duration.ofDays(7 * amount);
            case 'd' -> Duration.ofDays(amount);
            case 'h' -> Duration.ofHours(amount);
            case 'm' -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
