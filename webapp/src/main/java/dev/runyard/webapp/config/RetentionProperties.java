package dev.runyard.webapp.config;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long the webapp keeps what it recorded.
///
/// @param audit entries of the record of changes; 0 for ever
/// @param period how often old rows are removed
@ConfigurationProperties("runyard.retention")
public record RetentionProperties(
        @DefaultValue("365d") Duration audit,
        @DefaultValue("1h") Duration period) {
    public RetentionProperties {
        if (audit.isNegative() || period.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "runyard.retention: audit must be 0 or more and period 1 ms or more, not " + audit + " and "
                            + period);
        }
    }
}
