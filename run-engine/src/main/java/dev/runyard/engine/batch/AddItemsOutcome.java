package dev.runyard.engine.batch;

/// What became of items that were added to a batch.
public sealed interface AddItemsOutcome {
    /// They are there.
    ///
    /// @param accepted how many are new
    /// @param deduplicated how many were there before
    /// @param batch the batch with them; where it is not sealed, the caller has items to add
    record Added(int accepted, int deduplicated, BatchView batch) implements AddItemsOutcome {}

    /// An index is not one of this batch. None of the items was added.
    ///
    /// @param index the first such index
    /// @param expected how many items the batch is made for
    record IndexOutOfRange(int index, int expected) implements AddItemsOutcome {
        /// Says so to the caller.
        public String sentence() {
            return index < 0
                    ? "Item index " + index + " must not be negative"
                    : "Item index " + index + " exceeds batch runCount " + expected;
        }
    }

    /// The batch was aborted before it had all its items. None of the items was added.
    ///
    /// @param batch the batch
    record Aborted(BatchView batch) implements AddItemsOutcome {}

    /// There is no such batch in this environment.
    record Unknown() implements AddItemsOutcome {}
}
