/**
 * How an attempt is executed, shared by the runner and the in-process test runner. Not for users: it may change in any
 * release. Entry: {@link dev.runyard.sdk.internal.TaskAttempt}.
 */
@NullMarked
package dev.runyard.sdk.internal;

import org.jspecify.annotations.NullMarked;
