package dev.runyard.webapp.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.protocol.worker.ConnectRequest;
import dev.runyard.protocol.worker.SupervisorHeartbeat;
import dev.runyard.webapp.worker.WorkerInstanceRepository.SupervisorDetails;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Which supervisors serve this installation.
///
/// Every call of a supervisor is a sign of life, but only one in a few seconds is written down: a busy
/// supervisor calls a hundred times a second.
@Component
public class Supervisors {
    private static final Duration WRITE_INTERVAL = Duration.ofSeconds(5);
    private static final int MAX_REMEMBERED = 10_000;

    private final WorkerInstanceRepository instances;
    private final JsonMapper json;
    private final InstantSource clock;
    private final Cache<Key, Instant> written = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(WRITE_INTERVAL)
            .build();

    Supervisors(WorkerInstanceRepository instances, JsonMapper json, InstantSource clock) {
        this.instances = instances;
        this.json = json;
        this.clock = clock;
    }

    /// Lists the supervisors that called within the given time, the last caller first.
    public List<Supervisor> seenWithin(Duration time) {
        return instances.seenSince(clock.instant().minus(time));
    }

    void connected(String group, String name, @Nullable ConnectRequest request) {
        Map<String, Object> said =
                request == null ? Map.of() : Objects.requireNonNullElse(request.metadata(), Map.of());
        Map<String, String> told = new TreeMap<>();
        said.forEach((key, value) -> told.put(storable(key), storable(String.valueOf(value))));
        instances.connected(
                group,
                name,
                new SupervisorDetails(
                        told.get("workerVersion"), told.get("workloadManager"), json.writeValueAsString(told)),
                clock.instant());
    }

    void seen(String group, String name) {
        Instant now = clock.instant();
        if (written.asMap().putIfAbsent(new Key(group, name), now) == null) {
            instances.seen(group, name, now);
        }
    }

    void heartbeat(String group, String name, @Nullable SupervisorHeartbeat heartbeat) {
        seen(group, name);
        if (heartbeat != null && heartbeat.cpu() != null && heartbeat.memory() != null) {
            instances.resources(
                    group, name, heartbeat.cpu().available(), heartbeat.memory().available());
        }
    }

    /// PostgreSQL's texts cannot hold U+0000.
    private static String storable(String text) {
        return text.replace("\u0000", "");
    }

    private record Key(String group, String name) {}
}
