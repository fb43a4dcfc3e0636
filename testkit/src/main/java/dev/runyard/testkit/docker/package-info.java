/// Faults between a process under test and the Docker engine. The engine itself is never touched.
@NullMarked
package dev.runyard.testkit.docker;

import org.jspecify.annotations.NullMarked;
