package dev.runyard.engine.batch;

/// Why an item could not be triggered as it was asked for.
///
/// @param code what happened
/// @param message one sentence for the user
public record ItemError(Code code, String message) {
    /// What happened.
    public enum Code {
        /// The trigger was refused; the item has a run that failed in advance.
        BATCH_ITEM_COULD_NOT_TRIGGER(true),
        /// The payload is too large; the item has a run that failed in advance.
        PAYLOAD_TOO_LARGE(true),
        /// The queue is full. There is no run: it would only hide that nothing was queued.
        QUEUE_SIZE_LIMIT_EXCEEDED(false),
        /// The item could not be stored, so there is no run.
        UNEXPECTED_ERROR(false);

        private final boolean makesRun;

        Code(boolean makesRun) {
            this.makesRun = makesRun;
        }

        /// Tells whether the item gets a run that failed in advance.
        public boolean makesRun() {
            return makesRun;
        }
    }
}
