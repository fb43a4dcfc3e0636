/**
 * Tasks made of tasks: {@link dev.runyard.sdk.flow.Track} runs them one after the other,
 * {@link dev.runyard.sdk.flow.Orchestrator} at the same time. Both are tasks themselves, and each step is a run.
 */
@NullMarked
package dev.runyard.sdk.flow;

import org.jspecify.annotations.NullMarked;
