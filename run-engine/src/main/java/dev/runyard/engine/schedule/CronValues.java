package dev.runyard.engine.schedule;

/// The values that a field allows.
///
/// @param bits one bit a value
/// @param isInterval whether the field says "every so often" (`*` or a step) instead of naming values
record CronValues(long bits, boolean isInterval) {
    /// Reads a list of values, ranges and steps.
    static CronValues parse(CronUnit unit, String text) {
        long bits = 0;
        boolean isInterval = false;
        for (String item : text.split(",", -1)) {
            bits |= parseItem(unit, item, text);
            isInterval |= item.startsWith("*") || item.contains("/");
        }
        boolean isEvery = bits == range(unit.first(), unit.last(), 1);
        return new CronValues(bits, isInterval || isEvery);
    }

    private static long parseItem(CronUnit unit, String item, String whole) {
        String[] parts = item.split("/", -1);
        if (parts.length > 2) {
            throw CronSyntaxException.in(unit, whole, "has more than one \"/\"");
        }
        int step = parts.length == 2 ? readStep(unit, parts[1], whole) : 1;
        String span = parts[0];
        if (span.equals("*")) {
            return range(unit.first(), unit.last(), step);
        }
        int dash = span.indexOf('-');
        if (dash < 0) {
            int from = unit.read(span, whole);
            return range(from, parts.length == 2 ? unit.last() : from, step);
        }
        int from = unit.read(span.substring(0, dash), whole);
        int to = unit.read(span.substring(dash + 1), whole);
        if (unit == CronUnit.DAY_OF_WEEK && to == 0 && from > 0) {
            to = 7;
        }
        if (from > to) {
            throw CronSyntaxException.in(
                    unit,
                    whole,
                    "has a range that runs backwards: write " + from + "-" + unit.last() + " and " + unit.first() + "-"
                            + to + ", separated by a comma");
        }
        return range(from, to, step);
    }

    private static int readStep(CronUnit unit, String text, String whole) {
        if (text.isEmpty() || text.length() > 2 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw CronSyntaxException.in(unit, whole, "has \"" + text + "\" where a step should be");
        }
        int step = Integer.parseInt(text);
        if (step == 0) {
            throw CronSyntaxException.in(unit, whole, "has a step of 0, which would never move on");
        }
        return step;
    }

    private static long range(int from, int to, int step) {
        long bits = 0;
        for (int value = from; value <= to; value += step) {
            bits |= 1L << value;
        }
        return bits;
    }

    /// Returns the smallest value that is not below the given one, or -1.
    int ceiling(int value) {
        long rest = value >= Long.SIZE ? 0 : bits >>> value << value;
        return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
    }

    boolean has(int value) {
        return (bits >>> value & 1) == 1;
    }
}
