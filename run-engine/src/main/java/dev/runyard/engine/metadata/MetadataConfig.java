package dev.runyard.engine.metadata;

import java.time.Duration;

/// Settings of metadata and tags.
///
/// @param maxBytes most bytes of a run's metadata in UTF-8
/// @param openAfterEnd how long after its end a run's metadata may still be changed
/// @param maxTags most tags of a run
/// @param maxTagLength most characters of a tag
public record MetadataConfig(int maxBytes, Duration openAfterEnd, int maxTags, int maxTagLength) {

    /// The settings of a server whose operator changed none.
    public static final MetadataConfig DEFAULT = new MetadataConfig(262_144, Duration.ofHours(1), 10, 128);
}
