/// Pages of failures of runs, grouped by what went wrong. Entry: FailureController.
@NullMarked
package dev.runyard.webapp.dashboard.failure;

import org.jspecify.annotations.NullMarked;
