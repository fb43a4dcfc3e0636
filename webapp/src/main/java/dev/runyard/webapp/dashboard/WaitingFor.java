package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a run does not run now.
///
/// @param gate what holds it first
/// @param sentence the same for people, with numbers and what happens next
/// @param also sentences on what holds it besides
/// @param slots who holds the slots that it needs
/// @param ahead runs before it
/// @param waits what it waits for
/// @param next what happens to it by time alone
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record WaitingFor(
        Gate gate,
        String sentence,
        List<String> also,
        @Nullable Slots slots,
        @Nullable Ahead ahead,
        List<Wait> waits,
        @Nullable Next next) {

    /// What can hold a run.
    enum Gate {
        DELAY,
        RETRY,
        PRIORITY,
        VERSION,
        ENVIRONMENT_GONE,
        ENVIRONMENT_PAUSED,
        QUEUE_PAUSED,
        ENVIRONMENT_LIMIT,
        QUEUE_LIMIT,
        WAITPOINT,
        WORKER,
        TURN
    }

    /// Only a sentence.
    static WaitingFor of(Gate gate, String sentence) {
        return new WaitingFor(gate, sentence, List.of(), null, null, List.of(), null);
    }

    /// @param limit how many there are
    /// @param used how many are in use
    /// @param holders some of the runs that hold them, those first that hold one longest
    record Slots(int limit, int used, List<Holder> holders) {}

    /// @param id the run
    /// @param taskId its task
    /// @param since when it was started
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Holder(RunId id, String taskId, @Nullable Instant since) {}

    /// @param inQueue of its queue, or of its key of that
    /// @param inEnvironment of its environment
    record Ahead(long inQueue, long inEnvironment) {}

    /// @param kind `RUN`, `DATETIME`, `MANUAL` or `BATCH`
    /// @param id the run, token, batch or waitpoint
    /// @param taskId task of the run
    /// @param until when it is over at the latest
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wait(
            String kind,
            String id,
            @Nullable String taskId,
            @Nullable Instant until) {}

    /// @param what for people
    /// @param at when
    record Next(String what, Instant at) {}
}
