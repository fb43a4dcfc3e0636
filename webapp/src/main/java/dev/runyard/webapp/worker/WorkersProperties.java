package dev.runyard.webapp.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How supervisors and the tasks that they start reach this server.
///
/// @param apiUrl base URL under which task code reaches the API, where that is not the public origin
/// @param dequeueTimeout how long a dequeue waits that names no time
/// @param maxPollTimeout longest time that any long poll may wait
/// @param maxRunsPerDequeue most runs that one dequeue hands out
/// @param maxWatchedRuns most runs that one supervisor may watch in one poll
@ConfigurationProperties("runyard.workers")
record WorkersProperties(
        @Nullable String apiUrl,
        @DefaultValue("10s") Duration dequeueTimeout,
        @DefaultValue("30s") Duration maxPollTimeout,
        @DefaultValue("50") int maxRunsPerDequeue,
        @DefaultValue("5000") int maxWatchedRuns) {

    /// Returns how long a call may wait that asks for the given number of milliseconds.
    Duration patience(@Nullable Long timeoutMs) {
        if (timeoutMs == null) {
            return dequeueTimeout;
        }
        return Duration.ofMillis(Math.clamp(timeoutMs, 0, maxPollTimeout.toMillis()));
    }
}
