package dev.runyard.engine.gate;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps queues from growing without end. A size is counted now and then, and in between grows by what this server
/// accepts; several servers together may exceed a limit by what they accept in that time.
public final class QueueSizes {
    private static final int MAX_REMEMBERED = 10_000;

    private final QueueViewRepository queues;
    private final QueueConfig config;
    private final InstantSource clock;
    private final Map<Name, Size> sizes = new ConcurrentHashMap<>();

    public QueueSizes(QueueViewRepository queues, QueueConfig config, InstantSource clock) {
        this.queues = queues;
        this.config = config;
        this.clock = clock;
    }

    private record Name(EnvironmentId environment, String queue) {}

    /// @param runs counted ones and those accepted since
    /// @param countedAt when they were counted
    private record Size(int runs, Instant countedAt) {}

    /// Takes room for n new runs in a queue.
    ///
    /// @return the sentence that says why there is none, or nothing
    public Optional<String> refuse(EnvironmentSettings environment, String queue, int n) {
        int limit = environment.queueSizeLimit() == null ? config.sizeLimit() : environment.queueSizeLimit();
        if (sizes.size() > MAX_REMEMBERED) {
            sizes.clear();
        }
        Name name = new Name(environment.id(), queue);
        Size size =
                sizes.compute(name, (_, known) -> grown(known == null ? counted(name, limit) : known, name, limit, n));
        if (size.runs() <= limit) {
            return Optional.empty();
        }
        int before = size.runs() - n;
        sizes.computeIfPresent(name, (_, full) -> new Size(full.runs() - n, full.countedAt()));
        return Optional.of("Queue '" + queue + "' holds " + before + " waiting runs, and its limit is " + limit
                + ". Wait until some have started, or raise the limit.");
    }

    private Size grown(Size known, Name name, int limit, int n) {
        Size size = isBelieved(known, limit, n) ? known : counted(name, limit);
        return new Size(size.runs() + n, size.countedAt());
    }

    private boolean isBelieved(Size size, int limit, int n) {
        boolean hasMuchRoom = size.runs() + n <= limit / 2;
        Duration believed = hasMuchRoom ? config.sizeCache().multipliedBy(10) : config.sizeCache();
        return clock.instant().isBefore(size.countedAt().plus(believed));
    }

    private Size counted(Name name, int limit) {
        int most = limit == Integer.MAX_VALUE ? limit : limit + 1;
        return new Size(queues.countQueued(name.environment(), name.queue(), most), clock.instant());
    }
}
