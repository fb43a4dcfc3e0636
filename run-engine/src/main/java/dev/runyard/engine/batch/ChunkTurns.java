package dev.runyard.engine.batch;

import dev.runyard.protocol.id.EnvironmentId;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Lets environments take turns: of an environment one chunk at a time, of all a few.
///
/// However many batches an environment streams, another one waits for at most as many chunks as there are
/// environments before it, and most connections and commits stay free for single triggers.
final class ChunkTurns {
    /// Environments that share a stripe only take turns with each other.
    private static final int STRIPES = 64;

    private final Semaphore all;
    private final Semaphore[] stripes =
            Stream.generate(() -> new Semaphore(1, true)).limit(STRIPES).toArray(Semaphore[]::new);

    ChunkTurns(int atOnce) {
        this.all = new Semaphore(atOnce, true);
    }

    <T> T take(EnvironmentId environment, Supplier<T> chunk) {
        Semaphore own = stripes[Math.floorMod(environment.hashCode(), STRIPES)];
        own.acquireUninterruptibly();
        try {
            all.acquireUninterruptibly();
            try {
                return chunk.get();
            } finally {
                all.release();
            }
        } finally {
            own.release();
        }
    }
}
