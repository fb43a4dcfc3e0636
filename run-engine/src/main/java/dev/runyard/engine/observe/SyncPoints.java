package dev.runyard.engine.observe;

/// Told whenever the engine reaches a SyncPoint. Tests wait or throw there; in production nothing happens.
@FunctionalInterface
public interface SyncPoints {
    /// Does nothing.
    SyncPoints NONE = _ -> {};

    void reach(SyncPoint point);
}
