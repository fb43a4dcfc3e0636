package dev.runyard.engine.schedule;

/// What became of the schedules that a version declares.
public sealed interface SyncOutcome {
    /// The environment has exactly the declared ones.
    ///
    /// @param created new ones
    /// @param updated changed ones
    /// @param deleted those that are no longer declared
    /// @param unchanged those that were left alone
    record Synced(int created, int updated, int deleted, int unchanged) implements SyncOutcome {}

    /// Nothing changed.
    ///
    /// @param sentence which declaration is wrong, and how
    record Refused(String sentence) implements SyncOutcome {}
}
