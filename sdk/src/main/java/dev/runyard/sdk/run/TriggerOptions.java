package dev.runyard.sdk.run;

import dev.runyard.protocol.json.Timestamps;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.trigger.Durations;
import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.sdk.serde.PayloadCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one run differs from what its task says. Immutable; every method returns a changed copy.
 *
 * <pre>{@code
 * TriggerOptions.none().idempotencyKey("order-42").delay(Duration.ofMinutes(5)).tags("vip")
 * }</pre>
 */
public final class TriggerOptions {
    private static final TriggerOptions NONE = new TriggerOptions(new TriggerRequest.Options(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null));
    private static final PayloadCodec CODEC = new PayloadCodec();

    private final TriggerRequest.Options wire;

    private TriggerOptions(TriggerRequest.Options wire) {
        this.wire = wire;
    }

    /** Everything as the task says. */
    public static TriggerOptions none() {
        return NONE;
    }

    /** A repeated call with the same key returns the same run, for 30 days. At most 2,048 characters. */
    public TriggerOptions idempotencyKey(String key) {
        return with(new OptionChange().idempotencyKey(key));
    }

    /** The same for another time; whole seconds. */
    public TriggerOptions idempotencyKey(String key, Duration holdsFor) {
        return with(new OptionChange().idempotencyKey(key).idempotencyKeyTtl(holdsFor.toSeconds() + "s"));
    }

    /** The same with a key that {@code context.idempotencyKey(...)} made. */
    public TriggerOptions idempotencyKey(IdempotencyKey key) {
        return with(new OptionChange()
                .idempotencyKey(key.hash())
                .keyOptions(
                        new TriggerRequest.KeyOptions(key.text(), key.scope().wireName())));
    }

    /** The same with a key that {@code context.idempotencyKey(...)} made, for another time; whole seconds. */
    public TriggerOptions idempotencyKey(IdempotencyKey key, Duration holdsFor) {
        return idempotencyKey(key).with(new OptionChange().idempotencyKeyTtl(holdsFor.toSeconds() + "s"));
    }

    /** Joins this trigger with others of the same task that come in quick succession. */
    public TriggerOptions debounce(Debounce debounce) {
        return with(new OptionChange().debounce(debounce.toWire()));
    }

    /** Runs on that group of workers. */
    public TriggerOptions region(String name) {
        return with(new OptionChange().region(name));
    }

    /** Does not start before that time has passed. */
    public TriggerOptions delay(Duration delay) {
        return with(new OptionChange().delay(seconds(delay)));
    }

    /** Does not start before that moment. */
    public TriggerOptions delayUntil(Instant moment) {
        return with(new OptionChange().delay(Timestamps.format(moment)));
    }

    /** Expires where it is not started within that time. */
    public TriggerOptions ttl(Duration ttl) {
        return with(new OptionChange().ttl(seconds(ttl)));
    }

    /** Goes through another queue than the task's. */
    public TriggerOptions queue(String name) {
        return with(new OptionChange().queue(name));
    }

    /** Gives each key a copy of the queue with its full limit: one per customer, for example. */
    public TriggerOptions concurrencyKey(String key) {
        return with(new OptionChange().concurrencyKey(key));
    }

    /** Labels the run; at most 10 tags of at most 128 characters. */
    public TriggerOptions tags(String... tags) {
        return with(new OptionChange().tags(List.of(tags)));
    }

    /** Overtakes the runs of its queue that were triggered up to so much earlier. */
    public TriggerOptions priority(Duration ahead) {
        return with(new OptionChange().priority(ahead.toMillis() / 1_000.0));
    }

    /** Tries so often in total, whatever the task says. */
    public TriggerOptions maxAttempts(int attempts) {
        return with(new OptionChange().maxAttempts(attempts));
    }

    /** Limits each attempt, whatever the task says. */
    public TriggerOptions maxDuration(Duration longest) {
        return with(new OptionChange().maxDuration(Math.toIntExact(longest.toSeconds())));
    }

    /** Runs on another size of machine. */
    public TriggerOptions machine(MachinePreset machine) {
        return with(new OptionChange().machine(machine.toString()));
    }

    /** Attaches data that the task and the dashboard can read. */
    public TriggerOptions metadata(Map<String, ?> metadata) {
        return with(new OptionChange().metadata(CODEC.encode(metadata)));
    }

    /** Runs on that version of the code only. */
    public TriggerOptions lockToVersion(String version) {
        return with(new OptionChange().lockToVersion(version));
    }

    /** Marks the run as a test. */
    public TriggerOptions test() {
        return with(new OptionChange().test(true));
    }

    /** Tells whether the options carry an idempotency key. */
    public boolean hasIdempotencyKey() {
        return wire.idempotencyKey() != null;
    }

    /**
     * Returns the form on the wire; a run that is triggered by a run becomes its child.
     *
     * @param hasPayload whether there is a payload
     * @param parentRunId the run that triggers
     */
    public TriggerRequest.Options toWire(boolean hasPayload, @Nullable String parentRunId) {
        return new OptionChange()
                .payloadType(hasPayload ? PayloadCodec.JSON : null)
                .parentRunId(parentRunId)
                .applyTo(wire);
    }

    /**
     * Returns the form on the wire where the parent waits for the run.
     *
     * @param version version of the code that both run on; absent where the parent is bound to none
     */
    public TriggerRequest.Options toWaitingWire(boolean hasPayload, String parentRunId, @Nullable String version) {
        return new OptionChange()
                .resumeParent(true)
                .lockToVersion(wire.lockToVersion() == null ? version : wire.lockToVersion())
                .applyTo(toWire(hasPayload, parentRunId));
    }

    /**
     * Returns the form on the wire of an item of a batch, whose parent is the batch's.
     *
     * @param version version of the code that it runs on where the options name none
     */
    public TriggerRequest.Options toItemWire(boolean hasPayload, @Nullable String version) {
        return new OptionChange()
                .payloadType(hasPayload ? PayloadCodec.JSON : null)
                .lockToVersion(wire.lockToVersion() == null ? version : wire.lockToVersion())
                .applyTo(wire);
    }

    private TriggerOptions with(OptionChange change) {
        return new TriggerOptions(change.applyTo(wire));
    }

    private static String seconds(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a duration is not negative: " + duration);
        }
        boolean whole = duration.toMillisPart() == 0;
        return Durations.format(whole ? duration : duration.plusSeconds(1));
    }
}
