package dev.runyard.webapp.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RotationPropertiesTest {
    private static final Duration LEAST = Duration.ofMillis(1);

    @Test
    void takesAKeyForOutOfUseAfterThreePeriods() {
        assertThat(new RotationProperties(Duration.ofSeconds(20), 1, LEAST).silence())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(new RotationProperties(LEAST, 1, LEAST).silence()).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new RotationProperties(Duration.ZERO, 1, LEAST))
                .hasMessageContaining("runyard.rotation.period");
        assertThatThrownBy(() -> new RotationProperties(LEAST, 1, Duration.ofNanos(1)))
                .hasMessageContaining("runyard.rotation.reminder-period");
        assertThatThrownBy(() -> new RotationProperties(LEAST, 0, LEAST))
                .hasMessageContaining("runyard.rotation.rows-at-once must be 1 or more, not 0");
    }
}
