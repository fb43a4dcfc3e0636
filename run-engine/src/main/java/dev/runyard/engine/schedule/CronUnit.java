package dev.runyard.engine.schedule;

import java.util.List;

/// A field of a cron expression, in the order in which they are written.
enum CronUnit {
    MINUTE("minute", 0, 59, "*/15", List.of()),
    HOUR("hour", 0, 23, "9-17", List.of()),
    DAY_OF_MONTH("day of month", 1, 31, "1,15 or L", List.of()),
    MONTH(
            "month",
            1,
            12,
            "JAN-MAR or 1-3",
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    /// Sunday is 0 and 7.
    DAY_OF_WEEK("day of week", 0, 7, "MON-FRI or 5L", List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private final String title;
    private final int first;
    private final int last;
    private final String example;
    private final List<String> names;

    CronUnit(String title, int first, int last, String example, List<String> names) {
        this.title = title;
        this.first = first;
        this.last = last;
        this.example = example;
        this.names = names;
    }

    String title() {
        return title;
    }

    String example() {
        return example;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    /// Reads a number or a name of this field.
    ///
    /// @param whole the field's text, for the message
    int read(String text, String whole) {
        int named = names.indexOf(text);
        if (named >= 0) {
            return first + named;
        }
        if (text.isEmpty() || text.length() > 2 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            String what = names.isEmpty() ? "a number" : "a number or a name such as " + names.get(1);
            throw CronSyntaxException.in(this, whole, "has \"" + text + "\" where " + what + " should be");
        }
        int value = Integer.parseInt(text);
        if (value < first || value > last) {
            throw CronSyntaxException.in(this, whole, "is out of range: " + value + " is not " + first + " to " + last);
        }
        return value;
    }
}
