/// What a system under test did, and whether it may have done that. Begin with [History] and [HistoryCheck].
@NullMarked
package dev.runyard.testkit.history;

import org.jspecify.annotations.NullMarked;
