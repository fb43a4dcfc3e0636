package dev.runyard.webapp.monitoring;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An expression in Prometheus's language, as far as dashboards and alerts of this project go.
///
/// @param text of the expression
record PromExpression(String text) {
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])([a-zA-Z_:][\\w:]*)(?!\\w|\\s*\\()");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

    /// Returns the names of samples that it asks for.
    Set<String> samples() {
        String bare =
                MATCHERS.matcher(GROUPING.matcher(plain()).replaceAll(" ")).replaceAll(" ");
        return NAME.matcher(bare)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !KEYWORDS.contains(name))
                .collect(Collectors.toSet());
    }

    /// Returns the labels that it selects or groups by.
    Set<String> labels() {
        Set<String> labels = new HashSet<>();
        List<MatchResult> groups = GROUPING.matcher(plain()).results().toList();
        groups.forEach(group -> Stream.of(group.group(1).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(labels::add));
        MATCHERS.matcher(plain())
                .results()
                .flatMap(matchers -> LABEL.matcher(matchers.group(1)).results())
                .forEach(label -> labels.add(label.group(1)));
        return labels;
    }

    private String plain() {
        return RANGE.matcher(STRING.matcher(text).replaceAll(" ")).replaceAll(" ");
    }
}
