package dev.runyard.engine.claim;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.engine.queue.WakeSignals;
import dev.runyard.engine.queue.WorkerQueuePolls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Hands out runs, waiting while there is none. No polling delay stands between two runs: who frees a slot wakes a
/// claim.
public final class ClaimRuns {
    /// How long a claim sleeps at most before it looks again, in case a signal was lost.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final RunQueue queue;
    private final WakeSignals wakes;
    private final WorkerQueuePolls polls;
    private final ConfirmClaims confirm;
    private final AdmitRuns admit;
    private final ClaimFromDatabase fallback;
    private final BooleanSupplier redisIsAway;
    private final SyncPoints syncPoints;

    public ClaimRuns(
            RunQueue queue,
            WakeSignals wakes,
            WorkerQueuePolls polls,
            ConfirmClaims confirm,
            AdmitRuns admit,
            ClaimFromDatabase fallback,
            BooleanSupplier redisIsAway,
            SyncPoints syncPoints) {
        this.queue = queue;
        this.wakes = wakes;
        this.polls = polls;
        this.confirm = confirm;
        this.admit = admit;
        this.fallback = fallback;
        this.redisIsAway = redisIsAway;
        this.syncPoints = syncPoints;
    }

    public List<ClaimedRun> claim(ClaimRequest request) {
        long deadline = System.nanoTime() + request.patience().toNanos();
        try {
            while (true) {
                List<ClaimedRun> runs = claimNow(request);
                long left = deadline - System.nanoTime();
                if (!runs.isEmpty()) {
                    wakes.wake(request.workerQueue());
                    return runs;
                }
                if (left <= 0) {
                    return List.of();
                }
                wakes.await(request.workerQueue(), Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<ClaimedRun> claimNow(ClaimRequest request) {
        List<ClaimedRun> runs;
        polls.asked(request.workerQueue());
        do {
            try {
                String epoch = queue.epoch();
                List<QueueClaim> claims = queue.claim(request.workerQueue(), request.maxRuns());
                if (claims.isEmpty()) {
                    return List.of();
                }
                syncPoints.reach(SyncPoint.CLAIMED_IN_REDIS);
                runs = confirm(claims, epoch, request);
            } catch (QueueUnavailableException e) {
                return redisIsAway.getAsBoolean() ? claimWithoutRedis(request) : List.of();
            }
            // Claims that the database refused were leftovers; behind them may be a real run.
        } while (runs.isEmpty());
        return runs;
    }

    private List<ClaimedRun> confirm(List<QueueClaim> claims, String epoch, ClaimRequest request) {
        Map<Boolean, List<QueueClaim>> byLane =
                claims.stream().collect(Collectors.partitioningBy(QueueClaim::isResume));
        List<QueueClaim> resumes = byLane.getOrDefault(true, List.of());
        List<QueueClaim> starts = byLane.getOrDefault(false, List.of());
        if (!resumes.isEmpty()) {
            admit.confirm(resumes, epoch);
        }
        return starts.isEmpty() ? List.of() : confirm.confirm(starts, epoch, request);
    }

    private List<ClaimedRun> claimWithoutRedis(ClaimRequest request) {
        admit.admitFromDatabase();
        return fallback.claim(request);
    }
}
