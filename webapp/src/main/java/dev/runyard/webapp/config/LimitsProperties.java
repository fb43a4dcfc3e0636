package dev.runyard.webapp.config;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The most that the public API takes. Defaults are those that the official client's documentation promises.
///
/// @param payloadBytes body of a trigger call
/// @param metadataBytes metadata of a run
/// @param metadataChangeBytes body of a call that changes metadata
/// @param tagsPerRun tags of a run
/// @param tagLength characters of a tag
/// @param nameLength characters of a task id, a queue name or a concurrency key
/// @param idempotencyKeyLength characters of an idempotency key
/// @param pageSize runs on one page
/// @param future how far ahead a delay, a ttl or a key's life may reach
@ConfigurationProperties("runyard.limits")
public record LimitsProperties(
        @DefaultValue("3145728") int payloadBytes,
        @DefaultValue("262144") int metadataBytes,
        @DefaultValue("2097152") int metadataChangeBytes,
        @DefaultValue("10") int tagsPerRun,
        @DefaultValue("128") int tagLength,
        @DefaultValue("256") int nameLength,
        @DefaultValue("2048") int idempotencyKeyLength,
        @DefaultValue("100") int pageSize,
        @DefaultValue("3650d") Duration future) {
    public LimitsProperties {
        if (payloadBytes < 1 || metadataBytes < 1 || metadataChangeBytes < 1 || pageSize < 1 || nameLength < 1) {
            throw new IllegalArgumentException("runyard.limits: a limit must be 1 or more");
        }
    }
}
