package dev.runyard.engine.trigger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Settings of accepting runs.
///
/// @param defaultMaxTtl longest ttl of any run, also of those that name none; absent means no limit
/// @param maxTags most tags of a run
/// @param maxTagLength most characters of a tag
/// @param maxMetadataBytes most bytes of a run's metadata in UTF-8
/// @param maxExternalIdLength most characters of an external deployment id
public record TriggerConfig(
        @Nullable Duration defaultMaxTtl,
        int maxTags,
        int maxTagLength,
        int maxMetadataBytes,
        int maxExternalIdLength) {

    /// The settings of a server whose operator changed none.
    public static final TriggerConfig DEFAULT = new TriggerConfig(null, 10, 128, 262_144, 128);
}
