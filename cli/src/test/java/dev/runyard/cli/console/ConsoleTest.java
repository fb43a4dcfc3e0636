package dev.runyard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void alignsWhatIsSaidOfTheParts() {
        Console console = new Console(out, false);

        console.part("Redis", "7.0.15");
        console.part("PostgreSQL", "18.6");

        assertThat(printed()).isEqualTo("  Redis        7.0.15\n  PostgreSQL   18.6\n");
    }

    @Test
    void countsOneAndMany() {
        assertThat(Console.count(1, "task")).isEqualTo("1 task");
        assertThat(Console.count(2, "task")).isEqualTo("2 tasks");
    }

    @Test
    void writesNoControlCharactersIntoAFile() throws Exception {
        Console console = new Console(out, false);

        assertThat(console.<String>during("webapp", "starting…", () -> "done")).isEqualTo("done");
        console.line("after");

        assertThat(printed()).isEqualTo("after\n");
    }

    @Test
    void takesTheStatusOfATerminalAwayAtTheEnd() throws Exception {
        Console console = new Console(out, true);

        assertThatThrownBy(() -> console.during("webapp", "starting…", () -> {
                    while (!printed().contains("starting…")) {
                        Thread.onSpinWait();
                    }
                    throw new IllegalStateException("died");
                }))
                .hasMessage("died");

        assertThat(printed()).endsWith("\r\u001B[K");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
