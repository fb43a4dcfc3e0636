package dev.runyard.protocol.worker;

import java.util.List;

/**
 * Answer of {@code GET /engine/v1/dev/config}.
 *
 * @param environmentId the environment of the key
 * @param dequeueIntervalWithRun milliseconds between two questions for runs after one that got some
 * @param dequeueIntervalWithoutRun the same after one that got none
 * @param maxConcurrentRuns most runs that the environment executes at once
 * @param engineUrl where the routes for workers are
 * @param workers names of the workers that asked for runs a moment ago; ours
 */
public record DevConfigResponse(
        String environmentId,
        long dequeueIntervalWithRun,
        long dequeueIntervalWithoutRun,
        int maxConcurrentRuns,
        String engineUrl,
        List<String> workers) {}
