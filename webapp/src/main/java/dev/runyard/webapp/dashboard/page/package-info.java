/// What single pages of the dashboard read that the public API does not tell: activity of tasks, lists of batches, keys
/// of queues, the next times of a schedule, tasks of a release.
@NullMarked
package dev.runyard.webapp.dashboard.page;

import org.jspecify.annotations.NullMarked;
