package dev.runyard.supervisor.track;

import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.platform.PlatformClient;
import dev.runyard.supervisor.workload.Checkpoints;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadManager;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes over the workloads of an earlier life of this supervisor.
public final class AdoptWorkloads {
    private static final Logger log = LoggerFactory.getLogger(AdoptWorkloads.class);

    private final RunRegistry registry;
    private final PlatformClient platform;
    private final WorkloadManager workloads;
    private final Capacity capacity;
    private final ApplyChange applyChange;
    private final Assignments assignments;
    private final StoredRuns stored;

    /// What is known of workloads besides what is written on them.
    public record Kept(Assignments assignments, StoredRuns stored) {}

    public AdoptWorkloads(
            Dependencies dependencies,
            WorkloadManager workloads,
            Capacity capacity,
            ApplyChange applyChange,
            Kept kept) {
        this.registry = dependencies.registry();
        this.platform = dependencies.platform();
        this.workloads = workloads;
        this.capacity = capacity;
        this.applyChange = applyChange;
        this.assignments = kept.assignments();
        this.stored = kept.stored();
    }

    /// Adopts what still has its run, and removes what has lost it. May be repeated after a failure.
    public void adoptAll() {
        List<Workload> found = workloads.list();
        assignments.keepOnly(found.stream().map(Workload::runner).toList());
        for (Workload workload : found) {
            if (registry.find(workload.runner()).isEmpty()) {
                adopt(assignments.latest(workload));
            }
        }
    }

    private void adopt(Workload workload) {
        Optional<RunExecutionData> latest = platform.latest(workload.run());
        if (latest.filter(version -> stored.isKept(workload.run(), workload.runner(), version))
                .isPresent()) {
            log.info("keeping {}, from which {} will go on", workload.runner(), workload.run());
            workloads.checkpoints().ifPresent(checkpoints -> keep(workload, checkpoints));
            return;
        }
        if (latest.isEmpty() || isLost(workload, latest.get())) {
            log.info("removing {}: its run {} is not its own any more", workload.runner(), workload.run());
            workloads.discard(workload.runner());
            assignments.forget(workload.runner());
            return;
        }
        var snapshot = latest.get().snapshot();
        log.info("taking over {} of {}, which is {}", workload.runner(), workload.run(), snapshot.executionStatus());
        capacity.occupy(workload.runner(), MachineSize.of(workload.machine()));
        registry.register(workload, snapshot.friendlyId(), snapshot.executionStatus());
        workloads.adopt(workload);
        applyChange.heedCancellation(workload.runner(), snapshot);
    }

    private void keep(Workload workload, Checkpoints checkpoints) {
        checkpoints.end(workload.runner());
        if (checkpoints.areShared()) {
            assignments.forget(workload.runner());
        } else {
            stored.keep(workload.run(), workload.runner());
        }
    }

    private boolean isLost(Workload workload, RunExecutionData latest) {
        return Ownership.isLostAt(latest.snapshot(), workload.dispatch())
                || Ownership.isLostIn(platform.since(workload.run(), workload.dispatch()), workload.dispatch());
    }
}
