package dev.runyard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.run.RunTransitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Writes docs/internals/state-machine.md from the transition table; a difference to the committed file fails.
class StateMachineDocTest {
    private static final Path DOC = Path.of("../docs/internals/state-machine.md");

    @Test
    void theDocumentMatchesTheTable() throws IOException {
        String text = document();
        String committed = Files.exists(DOC) ? Files.readString(DOC) : "";
        Files.createDirectories(DOC.getParent());
        Files.writeString(DOC, text);
        assertThat(text)
                .as("docs/internals/state-machine.md was out of date and has been written again; commit it")
                .isEqualTo(committed);
    }

    private static String document() {
        String arrows = RunTransitions.TABLE.stream()
                .map(move -> "    %s --> %s: %s"
                        .formatted(move.from() == null ? "[*]" : move.from(), move.to(), move.event()))
                .collect(Collectors.joining("\n"));
        String rows = RunTransitions.TABLE.stream()
                .map(move -> "| %s | %s | %s | %s |"
                        .formatted(
                                move.from() == null ? "(new)" : move.from(),
                                move.event(),
                                move.to(),
                                move.event().description()))
                .collect(Collectors.joining("\n"));
        return """
                # The states of a run

                Written by a test from `RunTransitions.TABLE`; do not edit. Every change of a run is one of these moves, and
                every move is made by a test. `FINISHED` is the only end.

                ```mermaid
                stateDiagram-v2
                %s
                    FINISHED --> [*]
                ```

                | from | event | to | meaning |
                |---|---|---|---|
                %s
                """.formatted(arrows, rows);
    }
}
