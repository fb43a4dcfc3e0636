package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.Lane;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.protocol.id.RunId;

/// Names of the keys; what they hold is told in lua/queue/library.lua.
///
/// @param prefix first part of all of them
public record RedisKeys(String prefix) {
    String[] main() {
        return new String[] {state()};
    }

    String state() {
        return prefix + "n";
    }

    String leased() {
        return prefix + "leased";
    }

    String waiting(QueueKey key, Lane lane) {
        return prefix + "q" + lane.mark() + ":" + key.keyScope();
    }

    /// What may start a run in an environment.
    String open(QueueKey key, Lane lane) {
        return prefix + "e" + lane.mark() + ":" + key.environmentScope();
    }

    /// The open keys of a queue that has a limit over all of them.
    String openKeys(QueueKey key, Lane lane) {
        return prefix + "k" + lane.mark() + ":" + key.queueScope();
    }

    String turns(String workerQueue) {
        return prefix + "w:" + workerQueue;
    }

    String wakeChannel() {
        return prefix + "wake";
    }

    String changeChannel() {
        return prefix + "changes";
    }

    static String member(RunId run, int version) {
        return run.body() + ":" + version;
    }
}
