package dev.runyard.webapp.variable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Files of variables: lines `NAME=value`, with comments, `export`, and quotes that may span lines.
final class Dotenv {
    private static final Pattern ENTRY =
            Pattern.compile("(?m)^[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*=[ \\t]*"
                    + "(?:'([^']*+)'|\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\r\\n#]*+))");

    private Dotenv() {}

    static Map<String, String> parse(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        Matcher matcher = ENTRY.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) != null
                    ? matcher.group(2)
                    : matcher.group(3) != null
                            ? unescape(matcher.group(3))
                            : matcher.group(4).strip();
            variables.put(matcher.group(1), value);
        }
        return variables;
    }

    private static String unescape(String text) {
        return text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\");
    }
}
