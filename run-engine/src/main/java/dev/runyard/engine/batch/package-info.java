/// Many runs that are triggered together. Entry: Batches.
///
/// A batch is made first and then filled in chunks. A chunk becomes runs in the transaction that counts its
/// items, so a batch knows at every moment what it has; the end of a run is counted in the transaction that
/// ends the run. Nothing about a batch is in Redis (answers A26 to A29, H-14, H-15, H-25).
@NullMarked
package dev.runyard.engine.batch;

import org.jspecify.annotations.NullMarked;
