/// Telemetry that runs send. Entries: LogIngestController (in), LogQueries (out), LogFeed (live).
///
/// A sender proves with its run's token which run it speaks for; what a record claims of itself is only checked against
/// that (threat S23). Lines are kept in the order of their numbers, which is the order of commits.
@NullMarked
package dev.runyard.webapp.telemetry;

import org.jspecify.annotations.NullMarked;
