/**
 * How runs are asked for and how they end: options, results, keys, batches and tokens. Entry:
 * {@link dev.runyard.sdk.run.TriggerOptions} and {@link dev.runyard.sdk.run.RunResult}.
 */
@NullMarked
package dev.runyard.sdk.run;

import org.jspecify.annotations.NullMarked;
