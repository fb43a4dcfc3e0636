/// Handing runs to supervisors under a lease. Entry: ClaimRuns.
///
/// A claim takes runs from Redis without forgetting them, then one statement confirms all of them in the
/// database, only under the epoch that they were claimed in (answers H-2, H-3). While Redis is away,
/// ClaimFromDatabase finds them there.
@NullMarked
package dev.runyard.engine.claim;

import org.jspecify.annotations.NullMarked;
