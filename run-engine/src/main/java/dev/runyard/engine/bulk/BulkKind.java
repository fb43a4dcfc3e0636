package dev.runyard.engine.bulk;

/// What is done to each run.
public enum BulkKind {
    CANCEL,
    REPLAY
}
