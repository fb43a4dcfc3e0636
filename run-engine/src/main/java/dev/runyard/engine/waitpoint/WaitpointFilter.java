package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WaitpointId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which tokens of an environment a list shows; empty sets and absent values do not restrict.
///
/// @param environmentId whose tokens
/// @param states in one of these
/// @param idempotencyKey made with this key
/// @param tags has any of these
/// @param createdFrom made at or after this
/// @param createdTo made before this
public record WaitpointFilter(
        EnvironmentId environmentId,
        Set<State> states,
        @Nullable String idempotencyKey,
        Set<String> tags,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo) {

    public WaitpointFilter {
        states = Set.copyOf(states);
        tags = Set.copyOf(tags);
    }

    /// How a token is, for people.
    public enum State {
        WAITING,
        COMPLETED,
        TIMED_OUT
    }

    public static WaitpointFilter all(EnvironmentId environment) {
        return new WaitpointFilter(environment, Set.of(), null, Set.of(), null, null);
    }

    /// A place in the list, newest token first.
    ///
    /// @param size most tokens, at least 1
    /// @param after show tokens older than this one
    /// @param before show tokens newer than this one; wins over `after`
    public record Page(
            int size, @Nullable WaitpointId after, @Nullable WaitpointId before) {}
}
