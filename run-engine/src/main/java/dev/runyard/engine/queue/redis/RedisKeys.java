package dev.runyard.engine.queue.redis;

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

    String waiting(QueueKey key) {
        return prefix + "q:" + key.keyScope();
    }

    String open(QueueKey key) {
        return prefix + "e:" + key.environmentScope();
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
