/// What runners call: the workload API, served on the supervisor's port.
///
/// Calls pass through to the webapp byte for byte; the supervisor reads along to know each run's newest
/// version, and answers polls for news from memory while there is none.
@NullMarked
package dev.runyard.supervisor.workloadapi;

import org.jspecify.annotations.NullMarked;
