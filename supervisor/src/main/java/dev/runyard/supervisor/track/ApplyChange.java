package dev.runyard.supervisor.track;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.supervisor.config.TimingProperties;
import dev.runyard.supervisor.platform.PlatformClient;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes note of a new version of a run and sees to it that its workload acts on it.
public final class ApplyChange {
    private static final Logger log = LoggerFactory.getLogger(ApplyChange.class);

    /// A canceled workload had its grace when SIGTERM comes; this is for closing files.
    private static final Duration AFTER_TERM = Duration.ofSeconds(2);

    private final RunRegistry registry;
    private final PlatformClient platform;
    private final HaltWorkload halt;
    private final TimingProperties timing;

    public ApplyChange(RunRegistry registry, PlatformClient platform, HaltWorkload halt, TimingProperties timing) {
        this.registry = registry;
        this.platform = platform;
        this.halt = halt;
        this.timing = timing;
    }

    /// Applies a version that the webapp told.
    public void apply(RunId run, ExecutionSnapshot snapshot) {
        registry.current(run)
                .filter(TrackedRun::isActive)
                .filter(known ->
                        snapshot.friendlyId().version() > known.snapshot().version())
                .ifPresent(known -> apply(known, snapshot));
    }

    /// Applies what the webapp answered to the runner's own completion.
    ///
    /// @param runner the workload that completed, empty where it does not say
    public void completed(RunId run, String runner, CompleteAttemptResponse.AttemptStatus status) {
        switch (status) {
            case RUN_FINISHED, RETRY_QUEUED ->
                registry.find(runner)
                        .filter(known -> known.run().equals(run))
                        .or(() -> runner.isEmpty() ? registry.current(run) : Optional.empty())
                        .ifPresent(known -> leave(known, TrackedRun.Phase.COMPLETED));
            // The supervisor still answers for a run that has to be canceled, or tried again by the same workload.
            case RUN_PENDING_CANCEL, RETRY_IMMEDIATELY -> {}
        }
    }

    /// Applies that the webapp does not have a run.
    public void unknown(RunId run) {
        log.warn("the webapp does not know {}", run);
        registry.current(run).ifPresent(known -> leave(known, TrackedRun.Phase.MOVED_ON));
    }

    /// Sees to it that a canceled workload ends: by itself, or by force when it takes too long.
    void heedCancellation(String runner, ExecutionSnapshot snapshot) {
        if (Ownership.isCanceled(snapshot.executionStatus())) {
            halt.after(runner, timing.stopGrace(), AFTER_TERM);
        }
    }

    private void apply(TrackedRun known, ExecutionSnapshot snapshot) {
        if (isLost(known, snapshot)) {
            log.info("{} is {} without its workload {}", known.run(), snapshot.executionStatus(), known.runner());
            registry.learn(known.run(), snapshot);
            leave(known, TrackedRun.Phase.MOVED_ON);
            return;
        }
        registry.learn(known.run(), snapshot);
        heedCancellation(known.runner(), snapshot);
    }

    private boolean isLost(TrackedRun known, ExecutionSnapshot snapshot) {
        if (Ownership.isLostAt(snapshot, known.workload().dispatch())) {
            return true;
        }
        // Between the version we know and this one the run may have been elsewhere.
        boolean gap = snapshot.friendlyId().version() > known.snapshot().version() + 1;
        return gap
                && Ownership.isLostIn(
                        platform.since(known.run(), known.snapshot()),
                        known.workload().dispatch());
    }

    private void leave(TrackedRun known, TrackedRun.Phase phase) {
        registry.release(known.runner(), known.run(), phase)
                .ifPresent(left -> halt.after(left.runner(), timing.movedOnGrace(), Duration.ZERO));
    }
}
