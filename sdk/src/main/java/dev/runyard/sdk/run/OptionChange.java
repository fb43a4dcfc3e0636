package dev.runyard.sdk.run;

import dev.runyard.protocol.trigger.TriggerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What differs from other options; what is not set stays. */
final class OptionChange {
    private @Nullable String payloadType;
    private @Nullable String queue;
    private @Nullable String concurrencyKey;
    private @Nullable String delay;
    private @Nullable String ttl;
    private @Nullable String idempotencyKey;
    private @Nullable String idempotencyKeyTtl;
    private @Nullable Integer maxAttempts;
    private @Nullable Integer maxDuration;
    private @Nullable String machine;
    private @Nullable String metadata;
    private @Nullable List<String> tags;
    private @Nullable Double priority;
    private @Nullable String lockToVersion;
    private @Nullable String parentRunId;
    private @Nullable Boolean test;
    private @Nullable Boolean resumeParent;
    private TriggerRequest.@Nullable KeyOptions keyOptions;
    private TriggerRequest.@Nullable Debounce debounce;
    private @Nullable String region;

    OptionChange payloadType(@Nullable String value) {
        payloadType = value;
        return this;
    }

    OptionChange queue(@Nullable String value) {
        queue = value;
        return this;
    }

    OptionChange concurrencyKey(@Nullable String value) {
        concurrencyKey = value;
        return this;
    }

    OptionChange delay(@Nullable String value) {
        delay = value;
        return this;
    }

    OptionChange ttl(@Nullable String value) {
        ttl = value;
        return this;
    }

    OptionChange idempotencyKey(@Nullable String value) {
        idempotencyKey = value;
        return this;
    }

    OptionChange idempotencyKeyTtl(@Nullable String value) {
        idempotencyKeyTtl = value;
        return this;
    }

    OptionChange maxAttempts(@Nullable Integer value) {
        maxAttempts = value;
        return this;
    }

    OptionChange maxDuration(@Nullable Integer value) {
        maxDuration = value;
        return this;
    }

    OptionChange machine(@Nullable String value) {
        machine = value;
        return this;
    }

    OptionChange metadata(@Nullable String value) {
        metadata = value;
        return this;
    }

    OptionChange tags(@Nullable List<String> value) {
        tags = value;
        return this;
    }

    OptionChange priority(@Nullable Double value) {
        priority = value;
        return this;
    }

    OptionChange lockToVersion(@Nullable String value) {
        lockToVersion = value;
        return this;
    }

    OptionChange parentRunId(@Nullable String value) {
        parentRunId = value;
        return this;
    }

    OptionChange test(@Nullable Boolean value) {
        test = value;
        return this;
    }

    OptionChange resumeParent(@Nullable Boolean value) {
        resumeParent = value;
        return this;
    }

    OptionChange keyOptions(TriggerRequest.@Nullable KeyOptions value) {
        keyOptions = value;
        return this;
    }

    OptionChange debounce(TriggerRequest.@Nullable Debounce value) {
        debounce = value;
        return this;
    }

    OptionChange region(@Nullable String value) {
        region = value;
        return this;
    }

    TriggerRequest.Options applyTo(TriggerRequest.Options old) {
        return new TriggerRequest.Options(
                either(payloadType, old.payloadType()),
                queue == null ? old.queue() : new TriggerRequest.Queue(queue),
                either(concurrencyKey, old.concurrencyKey()),
                either(delay, old.delay()),
                either(ttl, old.ttl()),
                either(idempotencyKey, old.idempotencyKey()),
                either(idempotencyKeyTtl, old.idempotencyKeyTTL()),
                either(maxAttempts, old.maxAttempts()),
                either(maxDuration, old.maxDuration()),
                either(machine, old.machine()),
                either(metadata, old.metadata()),
                either(tags, old.tags()),
                either(priority, old.priority()),
                either(lockToVersion, old.lockToVersion()),
                either(parentRunId, old.parentRunId()),
                either(test, old.test()),
                either(resumeParent, old.resumeParentOnCompletion()),
                either(keyOptions, old.idempotencyKeyOptions()),
                either(debounce, old.debounce()),
                either(region, old.region()));
    }

    private static <T> @Nullable T either(@Nullable T changed, @Nullable T old) {
        return changed == null ? old : changed;
    }
}
