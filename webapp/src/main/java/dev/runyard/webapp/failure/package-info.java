/// Failures of runs, grouped by what went wrong. Entry: FollowFailures notes them, FailureQueries reads them, and
/// FailedRunsConfig lets lists of runs ask for those of one kind.
@NullMarked
package dev.runyard.webapp.failure;

import org.jspecify.annotations.NullMarked;
