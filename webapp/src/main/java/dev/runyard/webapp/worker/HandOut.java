package dev.runyard.webapp.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Hands runs to supervisors, and keeps those that did not arrive for the next call of the same supervisor.
///
/// A supervisor that is killed leaves a call behind that waits on. Nothing tells a server that a peer is
/// gone, so that call may still claim a run. It is noticed in two ways: the supervisor's next process
/// connects under the same name, which makes every call of its predecessor a left one; or the answer cannot
/// be written. What neither notices, and what this process forgets when it ends, goes back to its queue
/// when its lease ends.
@Component
class HandOut {
    private static final Logger LOG = LoggerFactory.getLogger(HandOut.class);

    /// How long a left call may wait on before it notices.
    private static final Duration SLICE = Duration.ofSeconds(1);
    /// Claims are void after their lease anyway.
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private static final int MAX_SUPERVISORS = 10_000;

    private final RunEngine engine;
    private final LongPolls longPolls;
    private final Cache<Key, AtomicInteger> connections =
            Caffeine.newBuilder().maximumSize(MAX_SUPERVISORS).build();
    private final Cache<Key, Queue<ClaimedRun>> undelivered = Caffeine.newBuilder()
            .maximumSize(MAX_SUPERVISORS)
            .expireAfterAccess(MEMORY)
            .build();

    HandOut(RunEngine engine, LongPolls longPolls) {
        this.engine = engine;
        this.longPolls = longPolls;
    }

    /// Notes that a new process of a supervisor connected.
    void connected(String group, String name) {
        connectionsOf(new Key(group, name)).incrementAndGet();
    }

    /// Takes runs for a supervisor, waiting while there is none. Empty also where its next process connected meanwhile.
    List<ClaimedRun> take(String group, ClaimRequest request) {
        Key key = new Key(group, request.worker());
        List<ClaimedRun> left = takeUndelivered(key, request.maxRuns());
        if (!left.isEmpty()) {
            return left;
        }
        AtomicInteger connection = connectionsOf(key);
        int mine = connection.get();
        long end = System.nanoTime() + request.patience().toNanos();
        while (true) {
            Duration rest = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            boolean isLast = rest.compareTo(SLICE) <= 0;
            List<ClaimedRun> claimed = engine.claim(new ClaimRequest(
                    request.workerQueue(), request.worker(), request.maxRuns(), isLast ? rest : SLICE));
            if (connection.get() != mine) {
                keep(group, request.worker(), claimed);
                return List.of();
            }
            if (!claimed.isEmpty() || isLast || longPolls.isClosing()) {
                return claimed;
            }
        }
    }

    /// Keeps runs whose answer did not arrive.
    void keep(String group, String name, List<ClaimedRun> claimed) {
        if (!claimed.isEmpty()) {
            LOG.info("{} runs did not reach supervisor {}; its next call gets them", claimed.size(), name);
            undelivered
                    .get(new Key(group, name), _ -> new ConcurrentLinkedQueue<>())
                    .addAll(claimed);
        }
    }

    private List<ClaimedRun> takeUndelivered(Key key, int max) {
        Queue<ClaimedRun> waiting = undelivered.getIfPresent(key);
        List<ClaimedRun> taken = new ArrayList<>();
        while (waiting != null && taken.size() < max) {
            ClaimedRun next = waiting.poll();
            if (next == null) {
                break;
            }
            if (isStillClaimed(next)) {
                taken.add(next);
            }
        }
        return taken;
    }

    /// A claim that lapsed or was canceled meanwhile is somebody else's business.
    private boolean isStillClaimed(ClaimedRun claimed) {
        return engine.state(claimed.state().runId())
                .map(state -> state.version() == claimed.state().version())
                .orElse(false);
    }

    private AtomicInteger connectionsOf(Key key) {
        return connections.get(key, _ -> new AtomicInteger());
    }

    private record Key(String group, String name) {}
}
