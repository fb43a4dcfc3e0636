/** The process of a developer's session, which loads the newest build again and again. */
@NullMarked
package dev.runyard.worker.dev;

import org.jspecify.annotations.NullMarked;
