package dev.runyard.webapp.tenant;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.Ids;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Ids of queues. Queues have no row of their own before they have a limit, so their ids are derived from their names.
public final class QueueIds {
    private QueueIds() {}

    /// Returns the id of a queue.
    public static String of(EnvironmentId environment, String name) {
        byte[] text = (environment + "/" + name).getBytes(StandardCharsets.UTF_8);
        return "queue_" + Ids.encode(UUID.nameUUIDFromBytes(text));
    }

    /// Finds the name that an id was derived from.
    ///
    /// @param names of the environment's queues
    public static Optional<String> find(EnvironmentId environment, String id, List<String> names) {
        return names.stream().filter(name -> of(environment, name).equals(id)).findFirst();
    }
}
