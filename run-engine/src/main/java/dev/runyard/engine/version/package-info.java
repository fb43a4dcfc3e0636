/// What a new version of user code changes: the limits of its queues, and runs that waited for it.
@NullMarked
package dev.runyard.engine.version;

import org.jspecify.annotations.NullMarked;
