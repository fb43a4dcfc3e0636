package dev.runyard.engine.queue;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.EnvironmentId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Names a queue, or one concurrency key's copy of it.
///
/// @param environmentId whose queue
/// @param queue its name, without `|`
/// @param concurrencyKey the copy, absent for the queue itself
public record QueueKey(
        EnvironmentId environmentId, String queue, @Nullable String concurrencyKey) {
    public static QueueKey of(RunState state) {
        return new QueueKey(state.environmentId(), state.queue(), state.concurrencyKey());
    }

    /// The environment as a scope of limits.
    public String environmentScope() {
        return environmentId.body();
    }

    /// The queue over all its keys as a scope of limits.
    public String queueScope() {
        return environmentScope() + "|" + queue;
    }

    /// The copy as a scope of limits. Keys are escaped, so that no key can look like another scope.
    public String keyScope() {
        return queueScope()
                + "|"
                + (concurrencyKey == null ? "" : URLEncoder.encode(concurrencyKey, StandardCharsets.UTF_8));
    }
}
