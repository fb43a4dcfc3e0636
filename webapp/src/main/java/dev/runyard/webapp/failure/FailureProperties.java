package dev.runyard.webapp.failure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How failures are noted.
///
/// @param interval how often the feed of events is read
/// @param retention how long a failure is kept
@ConfigurationProperties("runyard.failures")
record FailureProperties(
        @DefaultValue("1s") Duration interval,
        @DefaultValue("30d") Duration retention) {}
