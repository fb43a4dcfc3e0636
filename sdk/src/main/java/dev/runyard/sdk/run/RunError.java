package dev.runyard.sdk.run;

import org.jspecify.annotations.Nullable;

/**
 * Why a run failed.
 *
 * @param message the sentence that a user reads first
 * @param name type of the exception
 * @param stackTrace where it happened
 */
public record RunError(
        String message, @Nullable String name, @Nullable String stackTrace) {}
