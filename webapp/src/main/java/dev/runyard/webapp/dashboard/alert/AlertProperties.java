package dev.runyard.webapp.dashboard.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How alerts are sent.
///
/// @param interval how often messages are looked for
/// @param timeout how long a receiver may take
/// @param maxAttempts tries of one message
/// @param retention how long the log of messages is kept
/// @param maxChannels channels of one environment
/// @param allowPrivateAddresses whether webhooks may lead into the server's own network
@ConfigurationProperties("runyard.alerts")
record AlertProperties(
        @DefaultValue("2s") Duration interval,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("6") int maxAttempts,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("50") int maxChannels,
        @DefaultValue("false") boolean allowPrivateAddresses) {}
