package dev.runyard.webapp.dashboard;

import org.jspecify.annotations.Nullable;

/// How full the gates before a run are.
///
/// @param environmentHeld runs of its environment that hold a slot
/// @param queueHeld runs of its queue, and of its concurrency key, that hold a slot
/// @param queueLimit limit of its queue; absent means none
/// @param isQueuePaused whether its queue is paused
record SlotCount(
        int environmentHeld, int queueHeld, @Nullable Integer queueLimit, boolean isQueuePaused) {}
