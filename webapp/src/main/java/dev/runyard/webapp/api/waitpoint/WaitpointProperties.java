package dev.runyard.webapp.api.waitpoint;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the calls about waiting.
///
/// @param createBytes body of a call that makes a token or a wait
/// @param completeBytes body of a call that completes a token
/// @param tokenLifetime how long the public token that comes with a new waitpoint may complete it
@ConfigurationProperties("runyard.waitpoints")
record WaitpointProperties(
        @DefaultValue("10240") int createBytes,
        @DefaultValue("3145728") int completeBytes,
        @DefaultValue("24h") Duration tokenLifetime) {
    WaitpointProperties {
        if (createBytes < 1 || completeBytes < 1) {
            throw new IllegalArgumentException("runyard.waitpoints: a limit must be 1 or more");
        }
    }
}
