package dev.runyard.engine.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The checklist and what the tests show of it.
///
/// @param checklist rows and reasons
/// @param shown tests by row
record Conformance(Checklist checklist, Map<RowId, List<Evidence>> shown) {
    static Conformance of(Checklist checklist, List<Evidence> evidence) {
        Map<RowId, List<Evidence>> shown = new LinkedHashMap<>();
        evidence.forEach(test -> test.rows()
                .forEach(row ->
                        shown.computeIfAbsent(row, _ -> new ArrayList<>()).add(test)));
        return new Conformance(checklist, shown);
    }

    /// What is wrong with the lists themselves; empty where each row is in exactly one state.
    List<String> contradictions() {
        List<String> wrong = new ArrayList<>();
        Set<RowId> known = new LinkedHashSet<>();
        checklist.rows().stream().filter(row -> !known.add(row)).forEach(row -> wrong.add(row + " is listed twice"));
        shown.forEach((row, tests) -> {
            if (!known.contains(row)) {
                wrong.add(tests.getFirst().sentence() + " shows the unknown row " + row);
            } else if (checklist.reasons().containsKey(row)) {
                wrong.add(row + " is shown (" + tests.getFirst().sentence() + ") and listed as not applicable");
            }
        });
        checklist.reasons().keySet().stream()
                .filter(row -> !known.contains(row))
                .forEach(row -> wrong.add("the unknown row " + row + " is listed as not applicable"));
        return wrong;
    }

    List<RowId> open() {
        return checklist.rows().stream()
                .filter(row -> !shown.containsKey(row) && !checklist.reasons().containsKey(row))
                .toList();
    }

    /// Rows that are shown, in percent of those that can apply.
    double percentShown() {
        int applicable = checklist.rows().size() - checklist.reasons().size();
        return 100.0 * (applicable - open().size()) / applicable;
    }

    String document() {
        StringBuilder text = new StringBuilder(summary());
        checklist.sections().forEach((title, rows) -> text.append(section(title, rows)));
        return text.toString();
    }

    private String summary() {
        int all = checklist.rows().size();
        int no = checklist.reasons().size();
        return """
                # Behaviour checklist

                Written by `ConformanceTest` from the annotation `@Shows` of the tests; do not edit. The checklist describes how
                the reference implementation behaves, one row for each behaviour. A row is shown by a test that fails without
                the behaviour, or cannot apply for the reason given, or is open.

                | rows | cannot apply | apply | shown | open | shown of those that apply |
                |---|---|---|---|---|---|
                | %d | %d | %d | %d | %d | %.1f %% |
                """.formatted(all, no, all - no, all - no - open().size(), open().size(), percentShown());
    }

    private String section(String title, List<RowId> rows) {
        StringBuilder text = new StringBuilder("\n## " + title + "\n\n");
        Map<String, List<RowId>> reasons = new LinkedHashMap<>();
        List<RowId> open = new ArrayList<>();
        TreeMap<Integer, RowId> proven = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            RowId row = rows.get(i);
            if (shown.containsKey(row)) {
                proven.put(i, row);
            } else if (checklist.reasons().get(row) instanceof String reason) {
                reasons.computeIfAbsent(reason, _ -> new ArrayList<>()).add(row);
            } else {
                open.add(row);
            }
        }
        if (!proven.isEmpty()) {
            text.append("| row | shown by |\n|---|---|\n");
            proven.values().forEach(row -> text.append("| %s | %s |\n".formatted(row, sentences(row))));
        }
        reasons.forEach((reason, ids) -> text.append("\nCannot apply: %s. %s\n".formatted(RowId.format(ids), reason)));
        if (!open.isEmpty()) {
            text.append("\nOpen: %s.\n".formatted(RowId.format(open)));
        }
        return text.toString().replace("\n\n\n", "\n\n");
    }

    private String sentences(RowId row) {
        return String.join(
                "; ",
                shown.getOrDefault(row, List.of()).stream()
                        .map(Evidence::sentence)
                        .distinct()
                        .toList());
    }
}
