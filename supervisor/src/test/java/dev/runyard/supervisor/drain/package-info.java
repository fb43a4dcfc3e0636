@NullMarked
package dev.runyard.supervisor.drain;

import org.jspecify.annotations.NullMarked;
