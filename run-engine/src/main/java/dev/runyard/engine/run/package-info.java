/// A run's state, what can happen to it, and which moves are legal.
///
/// The version of RunState is the fencing token of every change (answers H-5, H-7). How a change is applied: package
/// lifecycle.
@NullMarked
package dev.runyard.engine.run;

import org.jspecify.annotations.NullMarked;
