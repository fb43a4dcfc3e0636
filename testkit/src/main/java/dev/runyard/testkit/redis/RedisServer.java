package dev.runyard.testkit.redis;

/// A server process of Redis at a fixed port.
sealed interface RedisServer permits RedisContainer, RedisProcess {
    /// Starts it, for the first time or again. It may not answer yet.
    void start();

    /// Ends it with SIGKILL.
    void kill();

    /// Tells whether it was started and has not ended.
    boolean isAlive();
}
