/// Real Redis for tests.
@NullMarked
package dev.runyard.testkit.redis;

import org.jspecify.annotations.NullMarked;
