package dev.runyard.webapp.api.packet;

import dev.runyard.protocol.id.EnvironmentId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The payloads that were uploaded in the last day.
@Component
public class Packets {
    private static final Duration LIFE = Duration.ofDays(1);

    private final PacketRepository repository;
    private final InstantSource clock;

    Packets(PacketRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /// Finds a packet by the path that its upload was given.
    public Optional<Packet> find(EnvironmentId environment, String path) {
        return repository.find(environment, path);
    }

    void save(EnvironmentId environment, String path, Packet packet) {
        repository.deleteBefore(clock.instant().minus(LIFE));
        repository.save(environment, path, packet, clock.instant());
    }
}
