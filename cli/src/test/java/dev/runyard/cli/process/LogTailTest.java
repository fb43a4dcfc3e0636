package dev.runyard.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void handsOutWholeNewLinesOnly() throws Exception {
        Path log = folder.resolve("a.log");
        Files.writeString(log, "of before\n");
        LogTail tail = new LogTail(log, lines::add);

        append(log, "first\nsec");
        tail.read();
        assertThat(lines).containsExactly("first");

        append(log, "ond\n");
        tail.read();
        assertThat(lines).containsExactly("first", "second");
    }

    @Test
    void waitsForAFileThatComesLater() throws Exception {
        Path log = folder.resolve("b.log");
        LogTail tail = new LogTail(log, lines::add);
        tail.read();

        Files.writeString(log, "here\n");
        tail.read();

        assertThat(lines).containsExactly("here");
    }

    @Test
    void showsOnlyTheEndOfALongLog() throws Exception {
        Path log = folder.resolve("c.log");
        for (int line = 1; line <= 100; line++) {
            append(log, "line " + line + "\n");
        }

        assertThat(LogTail.ending(log)).contains("line 100").contains("line 89").doesNotContain("line 88");
    }

    private static void append(Path log, String text) throws Exception {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
