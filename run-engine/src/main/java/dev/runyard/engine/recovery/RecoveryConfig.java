package dev.runyard.engine.recovery;

import java.time.Duration;

/// How Redis is compared with the database.
///
/// @param period how often
/// @param settle age below which a difference may still be on its way
/// @param page rows or members that are compared in one step
/// @param most rows and members that one comparison looks at; the next one goes on from there
public record RecoveryConfig(Duration period, Duration settle, int page, int most) {
    public static final RecoveryConfig DEFAULT =
            new RecoveryConfig(Duration.ofSeconds(30), Duration.ofSeconds(5), 1_000, 50_000);

    /// The same with another period.
    public RecoveryConfig every(Duration otherPeriod) {
        return new RecoveryConfig(otherPeriod, settle, page, most);
    }

    public RecoveryConfig {
        if (page < 1 || most < page) {
            throw new IllegalArgumentException("a page has one row at least, a comparison one page");
        }
    }
}
