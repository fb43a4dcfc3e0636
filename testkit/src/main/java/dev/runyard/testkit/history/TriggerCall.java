package dev.runyard.testkit.history;

import org.jspecify.annotations.Nullable;

/// A trigger as its caller saw it.
///
/// @param environment where
/// @param task which task
/// @param key idempotency key
/// @param run the acknowledged run, null where the caller got no answer and so cannot know
/// @param isCached whether the answer said that the run was there already
/// @param sentAt when the caller sent it, on the clock of the witnesses
/// @param returnedAt when the answer came
public record TriggerCall(
        String environment,
        String task,
        @Nullable String key,
        @Nullable String run,
        boolean isCached,
        long sentAt,
        long returnedAt) {}
