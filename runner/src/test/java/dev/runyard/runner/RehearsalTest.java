package dev.runyard.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void executesARunFromStartToEnd() throws Exception {
        try (ChildJvm rehearsal =
                ChildJvm.start(Rehearsal.class, System.getProperty("java.class.path"), List.of(), Map.of())) {
            assertThat(rehearsal.awaitExit()).isZero();
            assertThat(rehearsal.out()).contains("rehearsing");
            assertThat(rehearsal.err()).isEmpty();
        }
    }
}
