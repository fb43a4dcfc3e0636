/// Which runs this supervisor answers for, what it knows of each, and what it does when one changes or dies.
@NullMarked
package dev.runyard.supervisor.track;

import org.jspecify.annotations.NullMarked;
