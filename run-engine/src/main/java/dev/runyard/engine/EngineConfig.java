package dev.runyard.engine;

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

/// Settings of the engine.
///
/// @param redisKeyPrefix first part of every key in Redis; its braces keep the keys on one cluster node
/// @param pendingStartTimeout how long a supervisor may take from the claim to the start of the attempt
/// @param executionTimeout how long a running attempt may stay without a heartbeat
/// @param cancelTimeout how long a worker may take to stop a canceled run
/// @param claimLease how long a claim in Redis may stay unconfirmed by the database
/// @param warmRetryThreshold retries due sooner stay on their worker, later ones go back to the queue
/// @param maxDispatches hand-outs without a started attempt after which a run fails
/// @param maxAttempts attempts after which a run fails whatever its task says
/// @param maxDurationGrace how much longer than its `maxDuration` the server lets a runner report it
///     itself
/// @param developmentTtl ttl of runs in development environments whose task names none
/// @param stalledRetryDelay delay before a stalled attempt is repeated
/// @param servicePeriod how often the background services look for work that no signal announced
/// @param maxBatch most triggers that share one commit
/// @param timersAtOnce most timers that fire at the same time
/// @param waits settings of waits
/// @param batches settings of batches
/// @param attempts settings of attempts
/// @param cancels settings of cancellations
/// @param bulk settings of bulk actions
/// @param schedules settings of schedules
/// @param queues settings of queues
/// @param trigger accepting runs
/// @param debounce debouncing
/// @param version waiting for a version
/// @param metadata changing metadata and tags
/// @param recovery how Redis is compared with the database
/// @param retention how long runs are kept
public record EngineConfig(
        String redisKeyPrefix,
        Duration pendingStartTimeout,
        Duration executionTimeout,
        Duration cancelTimeout,
        Duration claimLease,
        Duration warmRetryThreshold,
        int maxDispatches,
        int maxAttempts,
        Duration maxDurationGrace,
        Duration developmentTtl,
        Duration stalledRetryDelay,
        Duration servicePeriod,
        int maxBatch,
        int timersAtOnce,
        WaitsConfig waits,
        BatchConfig batches,
        AttemptConfig attempts,
        CancelConfig cancels,
        BulkConfig bulk,
        ScheduleConfig schedules,
        QueueConfig queues,
        TriggerConfig trigger,
        DebounceConfig debounce,
        VersionConfig version,
        MetadataConfig metadata,
        RecoveryConfig recovery,
        RetentionConfig retention) {

    /// The settings of a server whose operator changed none.
    public static final EngineConfig DEFAULT = new EngineConfig(
            "{runyard}:",
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            12,
            250,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            256,
            8,
            WaitsConfig.DEFAULT,
            BatchConfig.DEFAULT,
            AttemptConfig.DEFAULT,
            CancelConfig.DEFAULT,
            BulkConfig.DEFAULT,
            ScheduleConfig.DEFAULT,
            QueueConfig.DEFAULT,
            TriggerConfig.DEFAULT,
            DebounceConfig.DEFAULT,
            VersionConfig.DEFAULT,
            MetadataConfig.DEFAULT,
            RecoveryConfig.DEFAULT,
            RetentionConfig.DEFAULT);
}
