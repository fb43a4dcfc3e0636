/// Whole-system tests: the real jars, as processes of their own, over real PostgreSQL and Redis.
@NullMarked
package dev.runyard.e2e;

import org.jspecify.annotations.NullMarked;
