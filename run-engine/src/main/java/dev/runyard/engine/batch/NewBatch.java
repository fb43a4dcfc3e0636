package dev.runyard.engine.batch;

import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request for a batch.
///
/// @param environmentId where it belongs
/// @param expected how many items will come
/// @param key the caller's key
/// @param requestKey key of the transport: the same for all tries of one call
/// @param parent run that makes it
/// @param parentWait run that makes it and waits for it; it is the parent as well
public record NewBatch(
        EnvironmentId environmentId,
        int expected,
        @Nullable Key key,
        @Nullable String requestKey,
        @Nullable RunId parent,
        @Nullable WaitingParent parentWait) {

    /// @param text what the caller sent
    /// @param shown what the user wrote before the client hashed it, for display
    /// @param expiresAt until when it leads to the same batch; the server decides where absent
    public record Key(
            String text, @Nullable String shown, @Nullable Instant expiresAt) {
        public static Key of(String text) {
            return new Key(text, null, null);
        }
    }

    public static NewBatch of(EnvironmentId environment, int expected) {
        return new NewBatch(environment, expected, null, null, null, null);
    }

    public NewBatch withKey(Key newKey) {
        return new NewBatch(environmentId, expected, newKey, requestKey, parent, parentWait);
    }

    public NewBatch withRequestKey(String newRequestKey) {
        return new NewBatch(environmentId, expected, key, newRequestKey, parent, parentWait);
    }

    public NewBatch withParent(RunId run) {
        return new NewBatch(environmentId, expected, key, requestKey, run, parentWait);
    }

    public NewBatch withWaitingParent(WaitingParent waiting) {
        return new NewBatch(environmentId, expected, key, requestKey, waiting.run(), waiting);
    }
}
