package dev.runyard.webapp.api.packet;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.api.shared.StorableText;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// The payloads that were uploaded in the last day.
@Component
public class Packets {
    private static final List<String> CONTENT_TYPES =
            List.of("application/super+json", "application/json", "text/plain");

    private final PacketStore store;
    private final PacketProperties properties;
    private final InstantSource clock;

    Packets(PacketStore store, PacketProperties properties, InstantSource clock) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /// Finds a packet by the path that its upload was given. What lies in a store that callers write to themselves is
    /// as little to be trusted as a body.
    public Optional<Packet> find(EnvironmentId environment, String path) {
        return store.find(environment, path)
                .map(packet ->
                        new Packet(StorableText.check("payload", packet.content()), contentType(packet.contentType())));
    }

    void save(EnvironmentId environment, String path, Packet packet) {
        store.deleteBefore(clock.instant().minus(properties.lifetime()));
        store.save(environment, path, new Packet(packet.content(), contentType(packet.contentType())));
    }

    Optional<URI> uploadAddress(EnvironmentId environment, String path) {
        return store.uploadAddress(environment, path);
    }

    Optional<URI> downloadAddress(EnvironmentId environment, String path) {
        return store.downloadAddress(environment, path);
    }

    private static String contentType(@Nullable String header) {
        String type = header == null ? "" : header.replaceAll(";.*", "").strip();
        return CONTENT_TYPES.contains(type) ? type : MediaType.APPLICATION_JSON_VALUE;
    }
}
