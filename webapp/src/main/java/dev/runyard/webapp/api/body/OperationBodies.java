package dev.runyard.webapp.api.body;

import org.jspecify.annotations.Nullable;

/// Bodies about schedules and queues.
public final class OperationBodies {
    private OperationBodies() {}

    /// A schedule.
    ///
    /// @param task a scheduled task
    /// @param cron five fields
    /// @param deduplicationKey one schedule for each; only when it is made
    /// @param externalId passed to the runs
    /// @param timezone such as `Europe/Paris`
    /// @param window jitter, such as `10m` or `50%`
    public record Schedule(
            String task,
            String cron,
            @Nullable String deduplicationKey,
            @Nullable String externalId,
            @Nullable String timezone,
            @Nullable String window) {}

    /// @param type how the address names the queue: `id`, `task` or `custom`
    /// @param action `pause` or `resume`
    public record Pause(@Nullable String type, String action) {}

    /// A limit in the place of the declared one: slots or a share, not both.
    ///
    /// @param type how the address names the queue: `id`, `task` or `custom`
    /// @param concurrencyLimit slots
    /// @param percent share of the environment's limit
    public record LimitOverride(
            @Nullable String type,
            @Nullable Integer concurrencyLimit,
            @Nullable Double percent) {}

    /// @param type how the address names the queue: `id`, `task` or `custom`
    public record Reset(@Nullable String type) {}
}
