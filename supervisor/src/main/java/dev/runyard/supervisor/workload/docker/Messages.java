package dev.runyard.supervisor.workload.docker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the engine's error messages fit for people.
final class Messages {
    private static final Pattern JSON_MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final int LONGEST = 500;

    private Messages() {}

    static String of(Exception e) {
        String text = String.valueOf(e.getMessage()).strip();
        Matcher matcher = JSON_MESSAGE.matcher(text);
        String message = matcher.find()
                ? matcher.group(1).replace("\\\"", "\"").replace("\\n", " ").strip()
                : text;
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }
}
