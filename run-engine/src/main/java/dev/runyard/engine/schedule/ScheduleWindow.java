package dev.runyard.engine.schedule;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far behind its nominal time a tick may happen, so that many schedules of one time do not start together.
public sealed interface ScheduleWindow {
    /// The longest window.
    Duration MAX = Duration.ofHours(24);

    /// No window is longer than this, whatever the interval is.
    record Span(Duration length) implements ScheduleWindow {
        public Span {
            if (length.isNegative() || length.compareTo(MAX) > 0) {
                throw new IllegalArgumentException("a window lasts from 0 to 24 hours, not " + length);
            }
        }

        @Override
        public String toString() {
            long minutes = length.toMinutes();
            boolean isWhole = length.equals(Duration.ofMinutes(minutes));
            return isWhole && minutes > 0 && minutes % 60 == 0
                    ? minutes / 60 + "h"
                    : isWhole ? minutes + "m" : length.toSeconds() + "s";
        }
    }

    /// A share of the time between two ticks.
    ///
    /// @param percent 0 to 100
    record Share(int percent) implements ScheduleWindow {
        public Share {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("a window takes from 0 % to 100 % of the interval, not " + percent);
            }
        }

        @Override
        public String toString() {
            return percent + "%";
        }
    }

    /// Reads a window: `90s`, `30m`, `2h` or `20%`.
    ///
    /// @throws IllegalArgumentException with a sentence for the author where the text is none
    static ScheduleWindow parse(String text) {
        Matcher matcher = Form.PATTERN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Invalid window: '" + text + "' is neither a duration such as 30m or 2h nor a share such as 20%.");
        }
        int amount = Integer.parseInt(matcher.group(1));
        try {
            return switch (matcher.group(2)) {
                case "s" -> new Span(Duration.ofSeconds(amount));
                case "m" -> new Span(Duration.ofMinutes(amount));
                case "h" -> new Span(Duration.ofHours(amount));
                default -> new Share(amount);
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid window: '" + text + "' is more than 24h or 100%.", e);
        }
    }

    /// Returns the length of the window between two ticks, in whole milliseconds.
    default Duration within(Duration interval) {
        return switch (this) {
            case Span(Duration length) -> length;
            case Share(int percent) -> Duration.ofMillis(interval.toMillis() * percent / 100);
        };
    }

    /// Tells whether ticks are moved at all.
    default boolean isZero() {
        return switch (this) {
            case Span(Duration length) -> length.isZero();
            case Share(int percent) -> percent == 0;
        };
    }

    /// The text form.
    final class Form {
        private static final Pattern PATTERN = Pattern.compile("(\\d{1,6})([smh%])");

        private Form() {}
    }
}
