/// The webapp as a supervisor sees it: the routes below `/engine/v1/worker-actions`.
@NullMarked
package dev.runyard.supervisor.platform;

import org.jspecify.annotations.NullMarked;
