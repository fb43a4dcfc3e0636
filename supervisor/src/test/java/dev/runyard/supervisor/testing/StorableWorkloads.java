package dev.runyard.supervisor.testing;

import dev.runyard.supervisor.workload.Checkpoints;
import dev.runyard.supervisor.workload.ExitListener;
import dev.runyard.supervisor.workload.HostResources;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.StoredProcess;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadKind;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Workloads that exist in name only, each of which takes as long to be stored as the test says.
public final class StorableWorkloads implements WorkloadManager, Checkpoints {
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
    private final Map<String, Integer> stores = new ConcurrentHashMap<>();
    private final AtomicInteger atATime = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /// Ends the storing that goes on, or the next one where none does.
    ///
    /// @param failure why the workload could not be stored; empty where it was
    public void answer(Optional<String> failure) {
        answers.add(failure);
    }

    /// Ends whatever still waits for an answer.
    public void release() {
        answer(Optional.of("the test is over."));
    }

    /// Returns how often it was begun to store a workload.
    public int stores(String runner) {
        return stores.getOrDefault(runner, 0);
    }

    public int mostAtATime() {
        return most.get();
    }

    @Override
    public Optional<String> store(StoredProcess process) {
        most.accumulateAndGet(atATime.incrementAndGet(), Math::max);
        stores.merge(process.runner(), 1, Integer::sum);
        try {
            return answers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted.");
        } finally {
            atATime.decrementAndGet();
        }
    }

    @Override
    public boolean areShared() {
        return false;
    }

    @Override
    public void end(String runner) {}

    @Override
    public void drop(StoredProcess process) {}

    @Override
    public StartOutcome restore(WorkloadSpec spec, StoredProcess process) {
        return new StartOutcome.Unavailable("not in this test");
    }

    @Override
    public Optional<Checkpoints> checkpoints() {
        return Optional.of(this);
    }

    @Override
    public WorkloadKind kind() {
        return WorkloadKind.DOCKER;
    }

    @Override
    public HostResources resources() {
        return new HostResources(1, 1, 1);
    }

    @Override
    public void open(ExitListener listener) {}

    @Override
    public StartOutcome start(WorkloadSpec spec) {
        return new StartOutcome.Unavailable("not in this test");
    }

    @Override
    public List<Workload> list() {
        return List.of();
    }

    @Override
    public void adopt(Workload workload) {}

    @Override
    public void stop(String runner, Duration grace) {}

    @Override
    public void discard(String runner) {}

    @Override
    public void close() {}
}
