/** Identifiers as users and workers see them: a prefix and a sortable, DNS-safe body. */
@NullMarked
package dev.runyard.protocol.id;

import org.jspecify.annotations.NullMarked;
