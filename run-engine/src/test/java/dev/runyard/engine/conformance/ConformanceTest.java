package dev.runyard.engine.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Holds the tests against the behaviour checklist and writes the table of them.
class ConformanceTest {
    private static final Path DOC = Path.of("../docs/internals/conformance.md");
    private static final double LEAST_PERCENT_SHOWN = 95;

    private final Conformance conformance = Conformance.of(Checklist.read(), Evidence.find());

    @Test
    void everyRowIsInOneStateOnly() {
        assertThat(conformance.checklist().rows()).hasSize(873);
        assertThat(conformance.contradictions()).isEmpty();
    }

    @Test
    void enoughRowsAreShown() {
        assertThat(conformance.percentShown())
                .as("open: %s", RowId.format(conformance.open()))
                .isGreaterThanOrEqualTo(LEAST_PERCENT_SHOWN);
    }

    @Test
    void theDocumentSaysWhatTheTestsShow() throws IOException {
        String document = conformance.document();
        String committed = Files.exists(DOC) ? Files.readString(DOC) : "";
        Files.writeString(DOC, document);
        assertThat(committed)
                .as("docs/internals/conformance.md was written anew; commit it")
                .isEqualTo(document);
    }

    @Test
    void noticesListsThatContradictEachOther() {
        RowId first = new RowId("AF", 1);
        RowId second = new RowId("AF", 2);
        Evidence test = new Evidence("SomeTest", "doesIt", List.of(first, new RowId("XX", 9)));
        Checklist checklist = new Checklist(Map.of("section", List.of(first, second, second)), Map.of(first, "no"));
        assertThat(Conformance.of(checklist, List.of(test)).contradictions())
                .containsExactlyInAnyOrder(
                        "AF-2 is listed twice",
                        "AF-1 is shown (`SomeTest`: does it) and listed as not applicable",
                        "`SomeTest`: does it shows the unknown row XX-9");
    }

    @Test
    void refusesEvidenceThatNeverRuns() {
        String annotation = "    @Shows({\"AF-1\"})\n";
        assertThat(Evidence.in("A", "\n\n    @Test\n" + annotation + "    void does() {}"))
                .containsExactly(new Evidence("A", "does", List.of(new RowId("AF", 1))));
        assertThatThrownBy(() -> Evidence.in("A", "\n\n" + annotation + "    void does() {}"))
                .hasMessageContaining("is no test");
        assertThatThrownBy(() -> Evidence.in("A", "\n\n    @Test\n    @Disabled\n" + annotation + "void does() {}"))
                .hasMessageContaining("is no test");
    }
}
