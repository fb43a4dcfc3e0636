package dev.runyard.engine;

/// How the engine is.
///
/// @param queue where claims come from
public record EngineHealth(Queue queue) {
    /// Where claims come from.
    public enum Queue {
        /// Redis answers and holds the projection of the queue.
        REDIS,
        /// Redis is being filled from the database; claims wait a moment.
        REBUILDING,
        /// Redis is away; claims come from the database.
        DATABASE
    }
}
