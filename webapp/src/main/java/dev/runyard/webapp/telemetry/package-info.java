/// Telemetry that runs send. Entries: OtlpController (in), TelemetryQueries and SearchLogs (out), TelemetryFeed (live).
///
/// A sender proves with its run's token which run it speaks for; what a record claims of itself is only checked against
/// that (threat S23). Lines are kept in the order of their numbers, and spans in that of their changes; both follow the
/// order of commits. Rows lie in partitions by the run's month, which leave as a whole.
@NullMarked
package dev.runyard.webapp.telemetry;

import org.jspecify.annotations.NullMarked;
