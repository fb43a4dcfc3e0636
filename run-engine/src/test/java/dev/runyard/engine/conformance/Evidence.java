package dev.runyard.engine.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A test and the rows that its annotation `@Shows` names.
///
/// @param testClass simple name of its file
/// @param method name of the method
/// @param rows what it shows
record Evidence(String testClass, String method, List<RowId> rows) {
    private static final List<String> MODULES =
            List.of("run-engine", "webapp", "protocol", "supervisor", "runner", "sdk", "e2e");
    private static final Pattern ANNOTATION = Pattern.compile("(?m)^\\s*@Shows\\(([^)]*)\\)");
    private static final Pattern METHOD = Pattern.compile("\\bvoid\\s+(\\w+)\\s*\\(");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern IS_TEST = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest)\\b");

    /// Reads the sources of every module's tests: they are what a reader of the table opens.
    static List<Evidence> find() {
        List<Evidence> found = new ArrayList<>();
        for (String module : MODULES) {
            Path root = Path.of("..", module, "src", "test", "java");
            if (Files.isDirectory(root)) {
                found.addAll(below(root));
            }
        }
        return found;
    }

    private static List<Evidence> below(Path root) {
        List<Evidence> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString();
                found.addAll(in(name.substring(0, name.length() - ".java".length()), Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /// @throws IllegalStateException where the annotation stands at something that never runs as a test
    static List<Evidence> in(String testClass, String source) {
        List<Evidence> found = new ArrayList<>();
        Matcher annotation = ANNOTATION.matcher(source);
        while (annotation.find()) {
            Matcher method = METHOD.matcher(source);
            if (!method.find(annotation.end())) {
                throw new IllegalStateException("@Shows without a method in " + testClass);
            }
            String head = source.substring(source.lastIndexOf("\n\n", annotation.start()) + 1, method.start());
            if (!IS_TEST.matcher(head).find() || head.contains("@Disabled")) {
                throw new IllegalStateException(testClass + "." + method.group(1) + " shows rows but is no test");
            }
            List<RowId> rows = QUOTED.matcher(annotation.group(1))
                    .results()
                    .map(row -> RowId.parse(row.group(1)))
                    .toList();
            found.add(new Evidence(testClass, method.group(1), rows));
        }
        return found;
    }

    /// The test as a sentence: `RunQueueTest: claims past a full queue`.
    String sentence() {
        String words = method.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("([A-Z])([A-Z][a-z])", "$1 $2");
        return "`" + testClass + "`: " + words.toLowerCase(Locale.ROOT);
    }
}
