/// Things that runs wait for, and runs that wait. Entry: Waits.
///
/// A wait is recorded, and ended, in one transaction with the runs that it moves: the waitpoint's row is locked before
/// its edges are written or resolved, so a completion can neither be missed nor come early (answers A4, A5, A39, H-6,
/// H-23). A run waits for a number of waitpoints; the one that completes the last of them moves the run.
@NullMarked
package dev.runyard.engine.waitpoint;

import org.jspecify.annotations.NullMarked;
