package dev.runyard.protocol.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryOptionsTest {
    private static final RandomGenerator RANDOM = RandomGenerator.of("L64X128MixRandom");

    @Test
    void growsExponentiallyUpToTheLongestDelay() {
        RetryOptions options = new RetryOptions(9, 2.0, 1_000L, 6_000L, false, null);
        assertThat(options.delayAfter(1, RANDOM)).contains(Duration.ofSeconds(1));
        assertThat(options.delayAfter(3, RANDOM)).contains(Duration.ofSeconds(4));
        assertThat(options.delayAfter(8, RANDOM)).contains(Duration.ofSeconds(6));
    }

    @Test
    void endsWithTheLastAttempt() {
        assertThat(RetryOptions.DEFAULT.delayAfter(2, RANDOM)).isPresent();
        assertThat(RetryOptions.DEFAULT.delayAfter(3, RANDOM)).isEmpty();
    }

    @Test
    void spreadsRandomizedDelaysOverTwiceTheirLength() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(RetryOptions.DEFAULT.delayAfter(1, RANDOM).orElseThrow())
                    .isBetween(Duration.ofMillis(1_000), Duration.ofMillis(2_000));
        }
    }
}
