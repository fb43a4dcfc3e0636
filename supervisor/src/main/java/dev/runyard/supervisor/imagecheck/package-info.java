/// Tries the images of new releases before they count: fetches one, starts it, and says what came of it.
@NullMarked
package dev.runyard.supervisor.imagecheck;

import org.jspecify.annotations.NullMarked;
