package dev.runyard.cli.up;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes from a server's log what a person at the terminal wants to see: warnings and errors, without dates and
/// threads.
final class ShortLine {
    private static final Pattern LOG_LINE =
            Pattern.compile("^\\d{4}-\\S+\\s+(INFO|WARN|ERROR)\\s+\\d+ --- (?:\\[[^]]*]\\s*)*(\\S+)\\s+: (.*)$");
    private static final int LONGEST = 180;

    private ShortLine() {}

    static Optional<String> of(String line) {
        Matcher parts = LOG_LINE.matcher(line.strip());
        if (!parts.matches() || parts.group(1).equals("INFO")) {
            return Optional.empty();
        }
        String text = parts.group(1).toLowerCase(Locale.ROOT) + ": " + parts.group(3);
        return Optional.of(text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…");
    }
}
