package dev.runyard.sdk.testing;

import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.sdk.serde.PayloadCodec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that a task triggered in a test.
 *
 * @param taskId its task
 * @param payloadJson its payload as JSON; absent where there is none
 * @param waited whether the task waited for it
 * @param options its options as the server gets them
 */
public record InlineTrigger(
        String taskId, @Nullable String payloadJson, boolean waited, TriggerRequest.@Nullable Options options) {
    private static final PayloadCodec CODEC = new PayloadCodec();

    /** Reads the payload; empty where there is none. */
    public <T> Optional<T> payload(Class<T> type) {
        return Optional.ofNullable(type.cast(CODEC.decode(payloadJson, PayloadCodec.JSON, type)));
    }

    /** Returns its tags. */
    public List<String> tags() {
        return options == null ? List.of() : Objects.requireNonNullElse(options.tags(), List.of());
    }

    /** Returns its idempotency key. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(options).map(TriggerRequest.Options::idempotencyKey);
    }
}
