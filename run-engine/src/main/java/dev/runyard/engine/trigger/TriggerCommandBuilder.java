package dev.runyard.engine.trigger;

import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds a TriggerCommand; the parts are described there.
public final class TriggerCommandBuilder {
    private final EnvironmentId environmentId;
    private final String taskId;
    private @Nullable String payload;
    private String payloadType = "application/json";
    private @Nullable String queue;
    private @Nullable String concurrencyKey;
    private @Nullable Instant delayUntil;
    private @Nullable Duration ttl;
    private TriggerCommand.@Nullable IdempotencyKey idempotencyKey;
    private @Nullable String requestKey;
    private @Nullable Integer maxAttempts;
    private @Nullable Integer maxDurationSeconds;
    private @Nullable MachinePreset machine;
    private @Nullable String metadata;
    private List<String> tags = List.of();
    private long priorityMs;
    private @Nullable Instant queuedAs;
    private @Nullable String lockToVersion;
    private @Nullable RunId parent;
    private @Nullable WaitingParent parentWait;
    private @Nullable RunId replayOf;
    private boolean isTest;
    private @Nullable String traceParent;
    private String source = "api";
    private @Nullable String action;
    private @Nullable Debounce debounce;
    private @Nullable String externalDeploymentId;

    TriggerCommandBuilder(EnvironmentId environmentId, String taskId) {
        this.environmentId = environmentId;
        this.taskId = taskId;
    }

    public TriggerCommandBuilder payload(@Nullable String value) {
        this.payload = value;
        return this;
    }

    public TriggerCommandBuilder payloadType(String value) {
        this.payloadType = value;
        return this;
    }

    public TriggerCommandBuilder queue(@Nullable String value) {
        this.queue = value;
        return this;
    }

    public TriggerCommandBuilder concurrencyKey(@Nullable String value) {
        this.concurrencyKey = value;
        return this;
    }

    public TriggerCommandBuilder delayUntil(@Nullable Instant value) {
        this.delayUntil = value;
        return this;
    }

    public TriggerCommandBuilder ttl(@Nullable Duration value) {
        this.ttl = value;
        return this;
    }

    public TriggerCommandBuilder idempotencyKey(TriggerCommand.@Nullable IdempotencyKey value) {
        this.idempotencyKey = value;
        return this;
    }

    public TriggerCommandBuilder requestKey(@Nullable String value) {
        this.requestKey = value;
        return this;
    }

    public TriggerCommandBuilder maxAttempts(@Nullable Integer value) {
        this.maxAttempts = value;
        return this;
    }

    public TriggerCommandBuilder maxDurationSeconds(@Nullable Integer value) {
        this.maxDurationSeconds = value;
        return this;
    }

    public TriggerCommandBuilder machine(@Nullable MachinePreset value) {
        this.machine = value;
        return this;
    }

    public TriggerCommandBuilder metadata(@Nullable String value) {
        this.metadata = value;
        return this;
    }

    public TriggerCommandBuilder tags(List<String> value) {
        this.tags = value;
        return this;
    }

    public TriggerCommandBuilder priorityMs(long value) {
        this.priorityMs = value;
        return this;
    }

    public TriggerCommandBuilder queuedAs(@Nullable Instant value) {
        this.queuedAs = value;
        return this;
    }

    public TriggerCommandBuilder lockToVersion(@Nullable String value) {
        this.lockToVersion = value;
        return this;
    }

    public TriggerCommandBuilder parent(@Nullable RunId value) {
        this.parent = value;
        return this;
    }

    /// Sets the run that triggers this one and waits for it.
    public TriggerCommandBuilder parentWait(@Nullable WaitingParent value) {
        this.parentWait = value;
        if (value != null) {
            this.parent = value.run();
        }
        return this;
    }

    public TriggerCommandBuilder replayOf(@Nullable RunId value) {
        this.replayOf = value;
        return this;
    }

    public TriggerCommandBuilder isTest(boolean value) {
        this.isTest = value;
        return this;
    }

    public TriggerCommandBuilder traceParent(@Nullable String value) {
        this.traceParent = value;
        return this;
    }

    public TriggerCommandBuilder source(String value) {
        this.source = value;
        return this;
    }

    public TriggerCommandBuilder action(@Nullable String value) {
        this.action = value;
        return this;
    }

    public TriggerCommandBuilder debounce(@Nullable Debounce value) {
        this.debounce = value;
        return this;
    }

    public TriggerCommandBuilder externalDeploymentId(@Nullable String value) {
        this.externalDeploymentId = value;
        return this;
    }

    public TriggerCommand build() {
        return new TriggerCommand(
                environmentId,
                taskId,
                payload,
                payloadType,
                queue,
                concurrencyKey,
                delayUntil,
                ttl,
                idempotencyKey,
                requestKey,
                maxAttempts,
                maxDurationSeconds,
                machine,
                metadata,
                tags,
                priorityMs,
                queuedAs,
                lockToVersion,
                parent,
                parentWait,
                replayOf,
                isTest,
                traceParent,
                source,
                action,
                debounce,
                externalDeploymentId);
    }
}
