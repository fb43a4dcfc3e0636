package dev.runyard.engine.observe;

/// A named place between two effects. Whatever a crash there leaves behind, the engine must recover from.
public enum SyncPoint {
    TRIGGER_COMMITTED,
    TRANSITION_DECIDED,
    TRANSITION_COMMITTED,
    CLAIMED_IN_REDIS,
    CLAIM_CONFIRMED,
    PROJECTION_APPLIED,
    TIMER_FOUND,
    CHILD_WRITTEN,
    WAIT_WRITTEN,
    WAITPOINT_COMPLETED,
    WAITS_RESOLVED,
    BATCH_CREATED,
    BATCH_ITEMS_WRITTEN,
    BATCH_ITEMS_COMMITTED,
    BATCH_ITEM_FINISHED,
    CHILD_CANCELED,
    REBUILD_EPOCH_WRITTEN,
    REBUILD_CLEARED,
    REBUILD_FILLED
}
