package dev.runyard.supervisor.workload.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionCommandTest {

    @Test
    void prefersSetsid() {
        assertThat(SessionCommand.find(_ -> true))
                .hasValueSatisfying(
                        session -> assertThat(session.around(List.of("java"))).containsExactly("setsid", "java"));
    }

    @Test
    void isMissingWhereNeitherIsThere() {
        assertThat(SessionCommand.find(_ -> false)).isEmpty();
    }

    @Test
    void doesWithoutSetsidWherePerlIsThere(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v perl >/dev/null")
                                .start()
                                .waitFor()
                        == 0,
                "no perl");
        SessionCommand perl = SessionCommand.find("perl"::equals).orElseThrow();
        Path output = folder.resolve("output");

        int code = new ProcessBuilder(
                        perl.around(List.of("sh", "-c", "echo $$; cut -d' ' -f5,6 /proc/$$/stat; exit 4")))
                .redirectOutput(output.toFile())
                .start()
                .waitFor();

        assertThat(code).isEqualTo(4);
        List<String> lines = Files.readAllLines(output);
        // Process group and session are its own.
        assertThat(lines.get(1)).isEqualTo(lines.get(0) + " " + lines.get(0));
    }
}
