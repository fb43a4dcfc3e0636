package dev.runyard.engine.waitpoint;

import java.time.Duration;

/// Settings of waits.
///
/// @param maxOutputBytes largest output that a token is completed with
/// @param maxTags most tags of a token
/// @param maxTagLength longest tag in characters
/// @param maxKeyLength longest key in characters
/// @param recheckPeriod how often waiting runs are compared with what they wait for
/// @param resumedAtOnce most runs that go on in one transaction when what they all wait for completes
public record WaitsConfig(
        int maxOutputBytes,
        int maxTags,
        int maxTagLength,
        int maxKeyLength,
        Duration recheckPeriod,
        int resumedAtOnce) {
    /// The settings of a server whose operator changed none.
    public static final WaitsConfig DEFAULT =
            new WaitsConfig(3 * 1024 * 1024, 10, 128, 2_048, Duration.ofSeconds(10), 500);
}
