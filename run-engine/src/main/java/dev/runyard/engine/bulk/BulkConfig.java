package dev.runyard.engine.bulk;

import java.time.Duration;

/// Settings of bulk actions.
///
/// @param pageSize runs that are planned at once
/// @param pause how long an action rests after a page, so that it does not crowd out everything else
/// @param lease after which time another server goes on with the action of one that fell silent
/// @param maxRunIds most runs that a request may name one by one
/// @param maxNameLength most characters of an action's name
/// @param maxReplays most replays that may be under way in an environment
public record BulkConfig(
        int pageSize, Duration pause, Duration lease, int maxRunIds, int maxNameLength, int maxReplays) {
    /// The settings of a server whose operator changed none.
    public static final BulkConfig DEFAULT =
            new BulkConfig(100, Duration.ofMillis(200), Duration.ofSeconds(60), 500, 255, 3);
}
