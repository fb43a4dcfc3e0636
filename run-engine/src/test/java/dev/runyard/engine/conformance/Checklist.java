package dev.runyard.engine.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rows and the reasons why some of them cannot apply, as the two resource files say it.
///
/// @param sections ids by the title of their section
/// @param reasons why a row cannot apply
record Checklist(Map<String, List<RowId>> sections, Map<RowId, String> reasons) {
    private static final Path FOLDER = Path.of("src/test/resources/conformance");

    static Checklist read() {
        try {
            return new Checklist(
                    sections(Files.readAllLines(FOLDER.resolve("rows.txt"))),
                    reasons(Files.readAllLines(FOLDER.resolve("not-applicable.txt"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<RowId> rows() {
        return sections.values().stream().flatMap(List::stream).toList();
    }

    private static Map<String, List<RowId>> sections(List<String> lines) {
        Map<String, List<RowId>> sections = new LinkedHashMap<>();
        String title = "";
        for (String line : lines) {
            if (line.startsWith("[")) {
                title = line.substring(1, line.length() - 1);
            } else if (isText(line)) {
                sections.computeIfAbsent(title, _ -> new ArrayList<>()).addAll(RowId.parseList(line));
            }
        }
        return sections;
    }

    static Map<RowId, String> reasons(List<String> lines) {
        Map<RowId, String> reasons = new LinkedHashMap<>();
        for (String line : lines.stream().filter(Checklist::isText).toList()) {
            String[] parts = line.split("\\|", 2);
            if (parts.length < 2 || parts[1].isBlank()) {
                throw new IllegalArgumentException("a reason is missing: " + line);
            }
            for (RowId id : RowId.parseList(parts[0])) {
                if (reasons.put(id, parts[1].strip()) != null) {
                    throw new IllegalArgumentException("two reasons why " + id + " cannot apply");
                }
            }
        }
        return reasons;
    }

    private static boolean isText(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }
}
