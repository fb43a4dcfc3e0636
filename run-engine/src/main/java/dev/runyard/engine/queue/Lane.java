package dev.runyard.engine.queue;

/// For what a queued run waits. Both lanes count against the same limits; where a slot is free, the runs that have a
/// worker get it first.
public enum Lane {
    /// For a worker and a slot.
    START(""),
    /// For a slot only: its process lives and goes on as soon as the engine admits it.
    RESUME("~");

    /// The worker queue that the engine itself serves.
    public static final String RESUME_QUEUE = "~resume";

    private final String mark;

    Lane(String mark) {
        this.mark = mark;
    }

    /// What names of the lane's keys in Redis carry.
    public String mark() {
        return mark;
    }
}
