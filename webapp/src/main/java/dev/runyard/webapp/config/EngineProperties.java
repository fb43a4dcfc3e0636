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
        @DefaultValue Waits waits,
        @DefaultValue Batches batches,
        @DefaultValue("false") boolean stallsAreOutOfMemory,
        @DefaultValue("100") int canceledChildrenPerStep,
        @DefaultValue Bulk bulk,
        @DefaultValue Schedules schedules,
        @DefaultValue Queues queues,
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
            @DefaultValue("10s") Duration recheckPeriod) {

        WaitsConfig toConfig() {
            return new WaitsConfig(maxOutputBytes, maxTags, maxTagLength, maxKeyLength, recheckPeriod);
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
                waits.toConfig(),
                batches.toConfig(),
                new AttemptConfig(stallsAreOutOfMemory),
                new CancelConfig(canceledChildrenPerStep),
                bulk.toConfig(),
                schedules.toConfig(),
                queues.toConfig(),
                TriggerConfig.DEFAULT,
                DebounceConfig.DEFAULT,
                VersionConfig.DEFAULT,
                MetadataConfig.DEFAULT,
                RecoveryConfig.DEFAULT.every(comparePeriod),
                RetentionConfig.DEFAULT.keeping(keepRuns));
    }
}
