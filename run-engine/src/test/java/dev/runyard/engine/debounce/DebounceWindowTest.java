package dev.runyard.engine.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DebounceWindowTest {
    private static final Instant CREATED = Instant.parse("2026-08-01T10:00:00.300Z");

    private static DebounceWindow window(@Nullable Duration longest, Duration quantum) {
        return new DebounceWindow("key", Duration.ofSeconds(5), false, longest, quantum);
    }

    @Test
    void endsAtAMultipleOfTheQuantumAndNeverBeforeTheQuietTimeIsOver() {
        DebounceWindow window = window(null, Duration.ofSeconds(1));
        assertThat(window.pushedTo(CREATED.plusMillis(1), CREATED)).contains(Instant.parse("2026-08-01T10:00:06Z"));
        assertThat(window.pushedTo(CREATED.plusMillis(700), CREATED)).contains(Instant.parse("2026-08-01T10:00:06Z"));
        assertThat(window.pushedTo(CREATED.plusMillis(700).plusNanos(1), CREATED))
                .contains(Instant.parse("2026-08-01T10:00:07Z"));
    }

    @Test
    void isExactWithoutAQuantum() {
        assertThat(window(null, Duration.ZERO).pushedTo(CREATED.plusMillis(1), CREATED))
                .contains(CREATED.plusMillis(5_001));
    }

    @Test
    void holdsARunBackToTheLastMillisecondButNotLonger() {
        DebounceWindow window = window(Duration.ofSeconds(8), Duration.ofSeconds(1));
        assertThat(window.pushedTo(CREATED.plusMillis(3_000), CREATED)).contains(CREATED.plusMillis(8_000));
        assertThat(window.pushedTo(CREATED.plusMillis(3_001), CREATED)).isEmpty();
    }
}
