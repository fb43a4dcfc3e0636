package dev.runyard.supervisor.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutputTailTest {

    @Test
    void keepsTheLastLines() {
        String text = IntStream.rangeClosed(1, 100).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

        assertThat(OutputTail.of(text)).startsWith("line 61\n").endsWith("line 100");
    }

    @Test
    void boundsLongLinesWithoutCuttingACharacter() {
        String tail = OutputTail.of("x" + "ä".repeat(20_000));

        assertThat(tail.getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(OutputTail.MAX_BYTES)
                .isGreaterThan(OutputTail.MAX_BYTES - 4);
        assertThat(tail).matches("ä+");
    }

    @Test
    void isEmptyWhereNothingWasPrinted() {
        assertThat(OutputTail.of(new byte[0])).isEmpty();
    }
}
