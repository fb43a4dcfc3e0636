package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runyard.protocol.id.DeploymentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Everything that a run's page shows, its lines excepted. The fields of the list come first, on the same level.
///
/// @param run the run as the list shows it
/// @param payload what it was triggered with
/// @param output what it returned
/// @param error why it failed
/// @param metadata JSON object
/// @param idempotencyKey as the caller wrote it
/// @param ttl longest wait for the first start, such as `10m`
/// @param delayedUntil before this it was not queued
/// @param expiredAt when it expired unstarted
/// @param maxAttempts attempts in total
/// @param maxDurationSeconds longest execution
/// @param concurrencyKey its copy of the queue
/// @param deployment release of the version that it is locked to
/// @param worker supervisor that has or had it
/// @param attempts its attempts, oldest first
/// @param transitions its history, oldest first
/// @param waits times in which it waited, oldest first
/// @param waitingFor why it does not run now
/// @param related what it has to do with other runs
/// @param context what its code is told
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunPageResponse(
        @JsonUnwrapped RunItem run,
        @Nullable Content payload,
        @Nullable Content output,
        @Nullable RunError error,
        @Nullable JsonNode metadata,
        @Nullable String idempotencyKey,
        @Nullable String ttl,
        @Nullable Instant delayedUntil,
        @Nullable Instant expiredAt,
        @Nullable Integer maxAttempts,
        @Nullable Integer maxDurationSeconds,
        @Nullable String concurrencyKey,
        @Nullable Release deployment,
        @Nullable Worker worker,
        List<AttemptItem> attempts,
        List<TransitionItem> transitions,
        List<WaitItem> waits,
        @Nullable WaitingFor waitingFor,
        RelatedRuns related,
        RunContext context) {

    /// @param type media type
    /// @param text the text, or its beginning
    /// @param truncated whether the text is only the beginning
    record Content(String type, String text, boolean truncated) {
        private static final int MAX_CHARACTERS = 256 * 1024;

        static @Nullable Content of(@Nullable String text, @Nullable String type) {
            if (text == null) {
                return null;
            }
            String known = type == null ? "application/json" : type;
            return text.length() <= MAX_CHARACTERS
                    ? new Content(known, text, false)
                    : new Content(known, text.substring(0, MAX_CHARACTERS), true);
        }
    }

    /// @param id the release record
    /// @param version its number
    record Release(DeploymentId id, String version) {}

    /// @param name the supervisor
    /// @param workloadManager how it starts runs
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Worker(String name, @Nullable String workloadManager) {}
}
