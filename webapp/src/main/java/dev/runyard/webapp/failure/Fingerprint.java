package dev.runyard.webapp.failure;

import dev.runyard.webapp.tenant.Hashes;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells which failures are of one kind: those of one task with the same type of exception, thrown at the same place,
/// with the same message but for its numbers, ids and quoted names.
final class Fingerprint {
    private static final int CHARACTERS = 16;
    private static final int LONGEST_MESSAGE = 300;
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]{0,200}\"|'[^']{0,200}'");
    private static final Pattern IDS = Pattern.compile("\\b(?:[a-z]+_[a-z0-9]{8,}|[0-9a-fA-F-]{8,})\\b");
    private static final Pattern NUMBERS = Pattern.compile("\\d+");
    private static final Pattern LINE_NUMBER = Pattern.compile(":\\d+\\)$");

    private Fingerprint() {}

    /// @param stackTrace as text, where there is one
    static String of(String taskId, @Nullable String name, String message, @Nullable String stackTrace) {
        String text = String.join("\n", taskId, String.valueOf(name), generalized(message), place(stackTrace));
        byte[] hash = Hashes.sha256(text);
        return HexFormat.of().formatHex(hash).substring(0, CHARACTERS);
    }

    static String generalized(String message) {
        String line = firstLine(message);
        String unquoted = QUOTED.matcher(line).replaceAll("…");
        String withoutIds = IDS.matcher(unquoted).replaceAll("…");
        return NUMBERS.matcher(withoutIds).replaceAll("#");
    }

    static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.substring(0, Math.min(LONGEST_MESSAGE, line.length()));
    }

    /// The frame that threw, without its line: editing a file above it does not make another failure of it.
    private static String place(@Nullable String stackTrace) {
        return stackTrace == null
                ? ""
                : stackTrace
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("at "))
                        .findFirst()
                        .map(line -> LINE_NUMBER.matcher(line).replaceAll(")"))
                        .orElse("");
    }
}
