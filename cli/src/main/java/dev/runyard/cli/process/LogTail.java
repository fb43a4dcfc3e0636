package dev.runyard.cli.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Follows a log file that another process writes.
public final class LogTail {
    private static final int CHUNK_BYTES = 65_536;
    private static final int ENDING_LINES = 12;

    private final Path log;
    private final Consumer<String> lines;
    private final StringBuilder rest = new StringBuilder();
    private long position;

    /// Begins at the present end of the file.
    public LogTail(Path log, Consumer<String> lines) throws IOException {
        this.log = log;
        this.lines = lines;
        this.position = Files.exists(log) ? Files.size(log) : 0;
    }

    /// Hands out the lines that were completed since the last call.
    public void read() throws IOException {
        if (!Files.exists(log)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] chunk = new byte[CHUNK_BYTES];
            file.seek(position);
            for (int count = file.read(chunk); count > 0; count = file.read(chunk)) {
                position += count;
                rest.append(new String(chunk, 0, count, StandardCharsets.UTF_8));
            }
        }
        for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
            lines.accept(rest.substring(0, end));
            rest.delete(0, end + 1);
        }
    }

    /// Returns the last lines of a log, indented, to show with a failure.
    static String ending(Path log) {
        try {
            List<String> all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> last = all.subList(Math.max(0, all.size() - ENDING_LINES), all.size());
            return last.isEmpty() ? " (empty)." : " and ends with:\n    " + String.join("\n    ", last);
        } catch (IOException e) {
            return ".";
        }
    }
}
