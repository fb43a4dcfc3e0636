/// Real PostgreSQL for tests: one server a JVM, a fresh database a caller.
@NullMarked
package dev.runyard.testkit.postgres;

import org.jspecify.annotations.NullMarked;
