package dev.runyard.webapp.api.packet;

import dev.runyard.protocol.id.EnvironmentId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Packets in PostgreSQL.
final class DatabasePackets implements PacketStore {
    private final PacketRepository repository;
    private final InstantSource clock;

    DatabasePackets(PacketRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public void save(EnvironmentId environment, String path, Packet packet) {
        repository.save(environment, path, packet, clock.instant());
    }

    @Override
    public Optional<Packet> find(EnvironmentId environment, String path) {
        return repository.find(environment, path);
    }

    @Override
    public void deleteBefore(Instant instant) {
        repository.deleteBefore(instant);
    }
}
