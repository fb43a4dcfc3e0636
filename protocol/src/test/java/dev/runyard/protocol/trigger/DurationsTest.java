package dev.runyard.protocol.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"30s,30", "1h30m,5400", "2d,172800", "1w,604800", "2hr,7200", "5m5m,300", "0s,0"})
    void readsTheGrammar(String text, long seconds) {
        assertThat(Durations.parse(text)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "1 h", "-1h", "1.5h", "1y", "1h ", "9999999999s"})
    void refusesEverythingElse(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3660,1h1m", "0,0s", "604800,1w", "694861,1w1d1h1m1s"})
    void writesTheLargestUnitFirst(long seconds, String text) {
        assertThat(Durations.format(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
