/// Which rows of the behaviour checklist the tests show, which cannot apply, and which are open.
@NullMarked
package dev.runyard.engine.conformance;

import org.jspecify.annotations.NullMarked;
