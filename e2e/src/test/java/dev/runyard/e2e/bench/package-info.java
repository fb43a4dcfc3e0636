/// Measurements, run by name only; the command is in docs/internals/figures.md. They print and never assert on time.
@NullMarked
package dev.runyard.e2e.bench;

import org.jspecify.annotations.NullMarked;
