package dev.runyard.engine.batch;

import java.time.Duration;

/// Settings of batches.
///
/// @param maxItems most items of a batch
/// @param maxChunk most items that become runs in one transaction
/// @param maxItemBytes largest payload of an item, in bytes of UTF-8
/// @param sealTimeout how long a batch may stay incomplete before it is aborted
/// @param keyLife how long an idempotency key leads to its batch where the caller names no time
/// @param chunksAtOnce chunks that one server turns into runs at the same time
public record BatchConfig(
        int maxItems, int maxChunk, int maxItemBytes, Duration sealTimeout, Duration keyLife, int chunksAtOnce) {
    /// The settings of a server whose operator changed none.
    public static final BatchConfig DEFAULT =
            new BatchConfig(1_000, 500, 3 * 1024 * 1024, Duration.ofMinutes(30), Duration.ofHours(24), 2);

    public BatchConfig {
        if (maxItems < 1 || maxChunk < 1 || chunksAtOnce < 1) {
            throw new IllegalArgumentException("maxItems, maxChunk and chunksAtOnce must be at least 1");
        }
    }
}
