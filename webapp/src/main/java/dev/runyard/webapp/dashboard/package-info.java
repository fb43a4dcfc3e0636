/// What the dashboard reads and does: `/api/dashboard/v1`, and the pages themselves.
///
/// Callers are people with a session. Errors are problem details (RFC 9457), because both sides of this interface are
/// ours.
/// Every route names its environment, and a run is only found in the environment that it belongs to.
@NullMarked
package dev.runyard.webapp.dashboard;

import org.jspecify.annotations.NullMarked;
