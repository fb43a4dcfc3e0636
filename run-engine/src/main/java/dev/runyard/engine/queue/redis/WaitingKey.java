package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.Lane;
import org.jspecify.annotations.Nullable;

/// A queue key in which Redis has runs waiting, as the name of its key says.
///
/// @param lane for what they wait
/// @param queueKey scope of the queue key
public record WaitingKey(Lane lane, String queueKey) {
    /// Reads the name of a key without the prefix; nothing where it is another kind of key.
    static @Nullable WaitingKey parse(String name) {
        for (Lane lane : Lane.values()) {
            String start = "q" + lane.mark() + ":";
            if (name.startsWith(start) && name.indexOf('|') > 0) {
                return new WaitingKey(lane, name.substring(start.length()));
            }
        }
        return null;
    }

    /// Scope of the environment.
    public String environment() {
        return queueKey.substring(0, queueKey.indexOf('|'));
    }

    String name() {
        return "q" + lane.mark() + ":" + queueKey;
    }
}
