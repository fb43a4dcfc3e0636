package dev.runyard.webapp.api.packet;

import dev.runyard.protocol.id.EnvironmentId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Where uploaded payloads lie until a run takes its copy.
interface PacketStore {
    /// Keeps a packet; one under the same path is replaced.
    void save(EnvironmentId environment, String path, Packet packet);

    /// Finds a packet.
    Optional<Packet> find(EnvironmentId environment, String path);

    /// Removes what was saved before a time, where that is this server's to do.
    void deleteBefore(Instant instant);

    /// Returns the store's own address for an upload; empty where callers shall use the server's.
    default Optional<URI> uploadAddress(EnvironmentId environment, String path) {
        return Optional.empty();
    }

    /// Returns the store's own address for a download; empty where callers shall use the server's.
    default Optional<URI> downloadAddress(EnvironmentId environment, String path) {
        return Optional.empty();
    }
}
