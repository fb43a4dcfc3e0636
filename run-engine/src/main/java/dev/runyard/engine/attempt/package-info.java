/// Starting and ending attempts. Entries: StartAttempt, CompleteAttempt. RetryDecision decides, purely, what follows a
/// failure. A repeated call gets the answer of the first.
@NullMarked
package dev.runyard.engine.attempt;

import org.jspecify.annotations.NullMarked;
