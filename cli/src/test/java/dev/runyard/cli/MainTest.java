package dev.runyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine line =
            Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void tellsItsVersion() {
        assertThat(line.execute("version")).isZero();
        assertThat(out.toString()).matches("runyard \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void listsItsCommands() {
        assertThat(line.execute("--help")).isZero();
        assertThat(out.toString()).contains("up ", "deploy ", "version ");
    }

    @Test
    void tellsWhatWorkloadsThereAre() {
        assertThat(line.execute("up", "--workloads", "boats")).isEqualTo(2);
        assertThat(err.toString()).contains("--workloads").contains("boats").containsIgnoringCase("process");
    }

    @Test
    void failsInOneSentence() {
        assertThat(line.execute("deploy", "--bundle", ".", "--key", "tr_prod_x", "--url", "http://127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("runyard: ")
                .contains("is no bundle")
                .doesNotContain("\tat ");
    }

    @Test
    void asksForTheKeyBeforeAnythingElse() {
        assertThat(line.execute("deploy", "--bundle", ".", "--key", "")).isEqualTo(1);
        assertThat(err.toString()).contains("--key").contains("TRIGGER_SECRET_KEY");
    }
}
