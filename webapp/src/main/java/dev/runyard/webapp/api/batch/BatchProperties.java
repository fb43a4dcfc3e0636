package dev.runyard.webapp.api.batch;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the calls about batches.
///
/// @param createBytes body of a call that makes a batch
/// @param lineBytes one item of a stream; a larger one becomes a run that failed in advance
/// @param oneStepBytes body of an older call, which brings all items at once
/// @param oneStepItems items of an older call
/// @param itemsPerWrite items of a stream that are stored together
@ConfigurationProperties("runyard.batches")
record BatchProperties(
        @DefaultValue("131072") int createBytes,
        @DefaultValue("3145728") int lineBytes,
        @DefaultValue("1048576") int oneStepBytes,
        @DefaultValue("500") int oneStepItems,
        @DefaultValue("100") int itemsPerWrite) {
    BatchProperties {
        if (createBytes < 1 || lineBytes < 1 || oneStepBytes < 1 || oneStepItems < 1 || itemsPerWrite < 1) {
            throw new IllegalArgumentException("runyard.batches: a limit must be 1 or more");
        }
    }
}
