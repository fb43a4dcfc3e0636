/// Failures of runs, grouped by what went wrong. Entry: FollowFailures writes them, FailureController shows them.
@NullMarked
package dev.runyard.webapp.dashboard.failure;

import org.jspecify.annotations.NullMarked;
