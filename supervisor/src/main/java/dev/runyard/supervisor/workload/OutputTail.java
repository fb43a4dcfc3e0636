package dev.runyard.supervisor.workload;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The last lines that a workload printed, bounded so that a report stays small.
public final class OutputTail {
    public static final int MAX_LINES = 40;
    public static final int MAX_BYTES = 8 * 1024;

    private OutputTail() {}

    /// Returns the last lines of a text.
    public static String of(String text) {
        List<String> lines = text.strip().lines().toList();
        String last = String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
        return cut(last);
    }

    /// Returns the last lines of the bytes that a workload printed.
    public static String of(byte[] bytes) {
        return of(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return text;
        }
        int start = bytes.length - MAX_BYTES;
        // Do not begin in the middle of a character.
        while ((bytes[start] & 0xC0) == 0x80) {
            start++;
        }
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }
}
