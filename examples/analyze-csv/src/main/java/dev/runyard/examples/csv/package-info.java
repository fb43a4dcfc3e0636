/** Profiles a CSV of any size while it streams by: nothing but one record and a few counters is ever in memory. */
@NullMarked
package dev.runyard.examples.csv;

import org.jspecify.annotations.NullMarked;
