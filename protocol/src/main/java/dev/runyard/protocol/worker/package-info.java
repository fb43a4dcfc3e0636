/** Messages between webapp, supervisor and runner, as the worker contract of the official CLI defines them. */
@NullMarked
package dev.runyard.protocol.worker;

import org.jspecify.annotations.NullMarked;
