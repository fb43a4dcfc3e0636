/** Rules that every JSON mapper of this contract follows. */
@NullMarked
package dev.runyard.protocol.json;

import org.jspecify.annotations.NullMarked;
