/// Read models of runs: what the API and the dashboard show. Nothing here writes.
@NullMarked
package dev.runyard.engine.read;

import org.jspecify.annotations.NullMarked;
