package dev.runyard.webapp.rotation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of a change of the encryption key.
///
/// @param period how often a webapp notes which key it uses; a key is out of use after three of them
/// @param rowsAtOnce rows that are sealed anew in one transaction
/// @param reminderPeriod how often is looked, and said, what still needs the former key
@ConfigurationProperties("runyard.rotation")
record RotationProperties(
        @DefaultValue("20s") Duration period,
        @DefaultValue("200") int rowsAtOnce,
        @DefaultValue("1h") Duration reminderPeriod) {
    private static final int PERIODS_OF_SILENCE = 3;

    RotationProperties {
        if (period.toMillis() < 1 || reminderPeriod.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "runyard.rotation.period and runyard.rotation.reminder-period must be longer than nothing");
        }
        if (rowsAtOnce < 1) {
            throw new IllegalArgumentException("runyard.rotation.rows-at-once must be 1 or more, not " + rowsAtOnce);
        }
    }

    /// Returns how long a key must have been silent to be out of use.
    Duration silence() {
        return period.multipliedBy(PERIODS_OF_SILENCE);
    }
}
