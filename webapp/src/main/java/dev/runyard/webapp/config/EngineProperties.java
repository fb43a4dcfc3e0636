package dev.runyard.webapp.config;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.attempt.AttemptConfig;
import dev.runyard.engine.batch.BatchConfig;
import dev.runyard.engine.bulk.BulkConfig;
import dev.runyard.engine.cancel.CancelConfig;
import dev.runyard.engine.debounce.DebounceConfig;
import dev.runyard.engine.gate.QueueConfig;
import dev.runyard.engine.metadata.MetadataConfig;
import dev.runyard.engine.recovery.RecoveryConfig;
import dev.runyard.engine.retention.RetentionConfig;
import dev.runyard.engine.schedule.ScheduleConfig;
import dev.runyard.engine.trigger.TriggerConfig;
import dev.runyard.engine.version.VersionConfig;
import dev.runyard.engine.waitpoint.WaitsConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the run engine; what they mean is said at `EngineConfig`.
@ConfigurationProperties("runyard.engine")
public record EngineProperties(
        @DefaultValue("{runyard}:") String redisKeyPrefix,
        @DefaultValue("60s") Duration pendingStartTimeout,
        @DefaultValue("60s") Duration executionTimeout,
        @DefaultValue("30s") Duration cancelTimeout,
        @DefaultValue("10s") Duration claimLease,
        @DefaultValue("30s") Duration warmRetryThreshold,
        @DefaultValue("12") int maxDispatches,
        @DefaultValue("250") int maxAttempts,
        @DefaultValue("10s") Duration maxDurationGrace,
        @DefaultValue("10m") Duration developmentTtl,
        @DefaultValue("250ms") Duration stalledRetryDelay,
        @DefaultValue("1s") Duration servicePeriod,
        @DefaultValue("256") int maxBatch,
        @DefaultValue("8") int timersAtOnce,
        @DefaultValue Waits waits,
        @DefaultValue Batches batches,
        @DefaultValue("false") boolean stallsAreOutOfMemory,
        @DefaultValue("100") int canceledChildrenPerStep,
        @DefaultValue Bulk bulk,
        @DefaultValue Schedules schedules,
        @DefaultValue Queues queues,
        @DefaultValue Trigger trigger,
        @DefaultValue Debouncing debounce,
        @DefaultValue Versions versions,
        @DefaultValue Metadata metadata,
        @DefaultValue("30s") Duration comparePeriod,
        @DefaultValue("30d") Duration keepRuns) {

    /// Settings of bulk actions.
    public record Bulk(
            @DefaultValue("100") int pageSize,
            @DefaultValue("200ms") Duration pause,
            @DefaultValue("60s") Duration lease,
            @DefaultValue("500") int maxRunIds,
            @DefaultValue("255") int maxNameLength,
            @DefaultValue("3") int maxReplays) {

        BulkConfig toConfig() {
            return new BulkConfig(pageSize, pause, lease, maxRunIds, maxNameLength, maxReplays);
        }
    }

    /// Settings of waits.
    public record Waits(
            @DefaultValue("3145728") int maxOutputBytes,
            @DefaultValue("10") int maxTags,
            @DefaultValue("128") int maxTagLength,
            @DefaultValue("2048") int maxKeyLength,
            @DefaultValue("10s") Duration recheckPeriod,
            @DefaultValue("500") int resumedAtOnce) {

        WaitsConfig toConfig() {
            return new WaitsConfig(maxOutputBytes, maxTags, maxTagLength, maxKeyLength, recheckPeriod, resumedAtOnce);
        }
    }

    /// Settings of batches.
    public record Batches(
            @DefaultValue("1000") int maxItems,
            @DefaultValue("500") int maxChunk,
            @DefaultValue("3145728") int maxItemBytes,
            @DefaultValue("30m") Duration sealTimeout,
            @DefaultValue("24h") Duration keyLife,
            @DefaultValue("2") int chunksAtOnce) {

        BatchConfig toConfig() {
            return new BatchConfig(maxItems, maxChunk, maxItemBytes, sealTimeout, keyLife, chunksAtOnce);
        }
    }

    /// Settings of schedules.
    public record Schedules(
            @DefaultValue("10000") int maxPerScope,
            @DefaultValue("1m") Duration missedAfter,
            @DefaultValue("100") int catchUpLimit,
            @DefaultValue("10000") int maxCatchUpLimit,
            @DefaultValue("runyard") String spreadSecret,
            @DefaultValue("0") double spreadFraction,
            @DefaultValue("30d") Duration tickRetention) {

        ScheduleConfig toConfig() {
            return new ScheduleConfig(
                    maxPerScope,
                    missedAfter,
                    catchUpLimit,
                    maxCatchUpLimit,
                    spreadSecret,
                    spreadFraction,
                    tickRetention);
        }
    }

    /// Settings of queues.
    public record Queues(
            @DefaultValue("1000000") int sizeLimit,
            @DefaultValue("1s") Duration sizeCache,
            @DefaultValue("1m") Duration applyPeriod,
            @DefaultValue("0") int measuredQueues,
            @DefaultValue("15s") Duration measurePeriod,
            @DefaultValue("60s") Duration pollerSilence,
            @DefaultValue("10") int explainedHolders) {

        QueueConfig toConfig() {
            return new QueueConfig(
                    sizeLimit, sizeCache, applyPeriod, measuredQueues, measurePeriod, pollerSilence, explainedHolders);
        }
    }

    /// Settings of accepting runs.
    public record Trigger(
            @Nullable Duration maxTtl,
            @DefaultValue("10") int maxTags,
            @DefaultValue("128") int maxTagLength,
            @DefaultValue("262144") int maxMetadataBytes,
            @DefaultValue("128") int maxExternalIdLength) {

        TriggerConfig toConfig() {
            return new TriggerConfig(maxTtl, maxTags, maxTagLength, maxMetadataBytes, maxExternalIdLength);
        }
    }

    /// Settings of debouncing.
    public record Debouncing(
            @DefaultValue("1s") Duration quantum,
            @Nullable Duration ceiling,
            @DefaultValue("512") int maxKeyLength) {

        DebounceConfig toConfig() {
            return new DebounceConfig(quantum, ceiling, maxKeyLength);
        }
    }

    /// Settings of waiting for a version.
    public record Versions(
            @DefaultValue("1h") Duration deploymentDeadline,
            @DefaultValue("10s") Duration sweepPeriod) {

        VersionConfig toConfig() {
            return new VersionConfig(deploymentDeadline, sweepPeriod);
        }
    }

    /// Settings of metadata and tags of runs that exist.
    public record Metadata(
            @DefaultValue("262144") int maxBytes,
            @DefaultValue("1h") Duration openAfterEnd,
            @DefaultValue("10") int maxTags,
            @DefaultValue("128") int maxTagLength) {

        MetadataConfig toConfig() {
            return new MetadataConfig(maxBytes, openAfterEnd, maxTags, maxTagLength);
        }
    }

    /// Returns the settings in the engine's own form.
    public EngineConfig toConfig() {
        return new EngineConfig(
                redisKeyPrefix,
                pendingStartTimeout,
                executionTimeout,
                cancelTimeout,
                claimLease,
                warmRetryThreshold,
                maxDispatches,
                maxAttempts,
                maxDurationGrace,
                developmentTtl,
                stalledRetryDelay,
                servicePeriod,
                maxBatch,
                timersAtOnce,
                waits.toConfig(),
                batches.toConfig(),
                new AttemptConfig(stallsAreOutOfMemory),
                new CancelConfig(canceledChildrenPerStep),
                bulk.toConfig(),
                schedules.toConfig(),
                queues.toConfig(),
                trigger.toConfig(),
                debounce.toConfig(),
                versions.toConfig(),
                metadata.toConfig(),
                RecoveryConfig.DEFAULT.every(comparePeriod),
                RetentionConfig.DEFAULT.keeping(keepRuns));
    }
}
