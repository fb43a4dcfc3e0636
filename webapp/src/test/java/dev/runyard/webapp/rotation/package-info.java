@NullMarked
package dev.runyard.webapp.rotation;

import org.jspecify.annotations.NullMarked;
