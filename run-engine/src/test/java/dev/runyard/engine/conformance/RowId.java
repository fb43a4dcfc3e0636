package dev.runyard.engine.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The id of a row, such as `AF-1`.
///
/// @param group letters before the dash
/// @param number number behind it
record RowId(String group, int number) {
    private static final Pattern FORM = Pattern.compile("([A-Z][A-Z0-9]*)-(\\d+)");

    static RowId parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the id of a row: " + text);
        }
        return new RowId(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    /// Reads ids and ranges of ids, such as `AF-1, AF-3..AF-6`.
    static List<RowId> parseList(String text) {
        List<RowId> ids = new ArrayList<>();
        for (String part : text.split(",")) {
            String[] ends = part.split("\\.\\.", 2);
            RowId first = parse(ends[0]);
            RowId last = parse(ends[ends.length - 1]);
            if (!first.group().equals(last.group()) || last.number() < first.number()) {
                throw new IllegalArgumentException("not a range of rows: " + part);
            }
            IntStream.rangeClosed(first.number(), last.number())
                    .forEach(number -> ids.add(new RowId(first.group(), number)));
        }
        return ids;
    }

    /// Writes ids, which keep their order, with ranges where they follow each other.
    static String format(List<RowId> ids) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= ids.size(); i++) {
            if (i < ids.size() && ids.get(i).follows(ids.get(i - 1))) {
                continue;
            }
            parts.add(start == i - 1 ? ids.get(start).toString() : ids.get(start) + "–" + ids.get(i - 1));
            start = i;
        }
        return String.join(", ", parts);
    }

    private boolean follows(RowId other) {
        return group.equals(other.group) && number == other.number + 1;
    }

    @Override
    public String toString() {
        return group + "-" + number;
    }
}
