package dev.runyard.sdk.internal;

import dev.runyard.sdk.TaskLogger;
import java.util.List;
import java.util.Map;

/** Sends changes of metadata. What fails is a line in the run's log: progress that is not seen must not fail a task. */
final class SendMetadata {
    private static final MetadataChanges NONE = new MetadataChanges(List.of(), List.of(), List.of());

    private final RunServer server;
    private final TaskLogger logger;

    SendMetadata(RunServer server, TaskLogger logger) {
        this.server = server;
        this.logger = logger;
    }

    /** Returns the changes that are to be sent again later. */
    MetadataChanges send(MetadataChanges changes) {
        try {
            server.updateMetadata(changes);
            return NONE;
        } catch (RunServer.Refused e) {
            logger.warn("Metadata was not written: " + e.getMessage(), Map.of());
            return NONE;
        } catch (RuntimeException e) {
            logger.debug("Metadata could not be sent yet: " + e.getMessage(), Map.of());
            return changes;
        }
    }
}
