/** What a run is: its statuses, errors and machine sizes, with the exact names of the public API. */
@NullMarked
package dev.runyard.protocol.run;

import org.jspecify.annotations.NullMarked;
