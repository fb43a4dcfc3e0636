/// How much work fits this machine, and how much of it is taken.
@NullMarked
package dev.runyard.supervisor.capacity;

import org.jspecify.annotations.NullMarked;
