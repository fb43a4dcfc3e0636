/// Doubles and fixtures of the supervisor's tests.
@NullMarked
package dev.runyard.supervisor.testing;

import org.jspecify.annotations.NullMarked;
