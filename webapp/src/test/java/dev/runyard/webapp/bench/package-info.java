/// Figures of the public API, for docs/internals/figures.md. Not part of the tests: run ApiBench by its name.
@NullMarked
package dev.runyard.webapp.bench;

import org.jspecify.annotations.NullMarked;
