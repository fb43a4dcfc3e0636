package dev.runyard.sdk;

import dev.runyard.protocol.run.MachinePreset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a task is to be run. What is absent has the server's default.
 *
 * @param description one sentence for the dashboard
 * @param retry how failed attempts are repeated; absent means as the project says, or {@link Retry#DEFAULT}
 * @param queue its queue; absent means one of its own
 * @param machine the size that it needs
 * @param maxDuration longest execution of an attempt, at least 5 seconds
 * @param ttl how long a run may wait for its first start
 * @param schedule that it is a scheduled task
 */
public record TaskOptions(
        @Nullable String description,
        @Nullable Retry retry,
        @Nullable TaskQueue queue,
        @Nullable MachinePreset machine,
        @Nullable Duration maxDuration,
        @Nullable Duration ttl,
        @Nullable Schedule schedule) {

    private static final Duration SHORTEST = Duration.ofSeconds(5);

    public TaskOptions {
        if (maxDuration != null && maxDuration.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("maxDuration is at least 5 seconds, not " + maxDuration);
        }
        if (ttl != null && ttl.toSeconds() < 1) {
            throw new IllegalArgumentException("ttl is at least 1 second, not " + ttl);
        }
    }

    /** @param cron when it runs by itself; absent where only schedules made elsewhere trigger it */
    public record Schedule(@Nullable Cron cron) {}
}
