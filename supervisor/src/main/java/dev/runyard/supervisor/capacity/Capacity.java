package dev.runyard.supervisor.capacity;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.supervisor.workload.HostResources;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The accounts of this machine: what is promised to workloads, and what is still free.
///
/// A call for work cannot say how large the runs may be that it brings. So runs are asked for only as many as there
/// is room for runs of the default size, a larger one that does not fit waits until it does, and while one waits no
/// more are asked for. A run that is larger than the machine is admitted when nothing else runs.
///
/// Thread-safe.
public final class Capacity {
    private static final MachineSize ASSUMED = MachineSize.of(MachinePreset.DEFAULT);

    /// What is taken at a moment.
    ///
    /// @param runs admitted workloads
    /// @param waiting runs that do not fit yet
    /// @param cpu virtual CPUs of the admitted
    /// @param memoryGb GiB of the admitted
    public record Usage(int runs, int waiting, double cpu, double memoryGb) {}

    private final HostResources total;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, MachineSize> admitted = new HashMap<>();
    private final Set<String> announced = new HashSet<>();
    private boolean closed;
    private boolean held;
    private boolean nobodyAsking;

    public Capacity(HostResources total) {
        this.total = total;
    }

    public HostResources total() {
        return total;
    }

    public Usage usage() {
        lock.lock();
        try {
            return new Usage(admitted.size(), announced.size(), cpu(), memory());
        } finally {
            lock.unlock();
        }
    }

    /// Waits until runs may be asked for and returns how many; 0 once this is closed, and while it is held. Whoever
    /// asks for runs has announced by then what the call before brought.
    public int awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !held && room() == 0) {
                changed.await();
            }
            nobodyAsking = held;
            return closed || held ? 0 : room();
        } finally {
            lock.unlock();
        }
    }

    /// Says that a run has come. Until it is admitted, nobody asks for more.
    ///
    /// @return false where it has come before: a webapp that is not sure of an answer's arrival hands out again
    public boolean announce(String runner) {
        lock.lock();
        try {
            return !admitted.containsKey(runner) && announced.add(runner);
        } finally {
            lock.unlock();
        }
    }

    /// Takes a share for a workload, waiting until it fits.
    ///
    /// @return whether it fitted in time
    public boolean admit(String runner, MachineSize size, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (!fits(size)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            announced.remove(runner);
            admitted.put(runner, size);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a share for a workload that runs already, whether it fits or not.
    public void occupy(String runner, MachineSize size) {
        lock.lock();
        try {
            admitted.put(runner, size);
        } finally {
            lock.unlock();
        }
    }

    /// Hands a share over to another name.
    public void rename(String from, String to) {
        lock.lock();
        try {
            MachineSize share = admitted.remove(from);
            if (share != null) {
                admitted.put(to, share);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Gives a share or its announcement back. Does nothing where there is none.
    public void release(String runner) {
        lock.lock();
        try {
            announced.remove(runner);
            admitted.remove(runner);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets nobody ask for runs any more.
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets nobody ask for new runs until it is let go. What came already is admitted as ever.
    public void hold() {
        lock.lock();
        try {
            held = true;
            nobodyAsking = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends [#hold].
    public void letGo() {
        lock.lock();
        try {
            held = false;
            nobodyAsking = false;
        } finally {
            lock.unlock();
        }
    }

    public boolean isHeld() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /// Tells whether this is held and whoever asks for runs has seen that, so that no answer with new ones is underway.
    public boolean isNobodyAsking() {
        lock.lock();
        try {
            return nobodyAsking;
        } finally {
            lock.unlock();
        }
    }

    private int room() {
        if (!announced.isEmpty()) {
            return 0;
        }
        double byCpu = (total.cpu() - cpu()) / ASSUMED.cpu();
        double byMemory = (total.memoryGb() - memory()) / ASSUMED.memory();
        double free = Math.min(total.slots() - admitted.size(), Math.min(byCpu, byMemory));
        // A machine smaller than one run of the default size still takes one.
        return admitted.isEmpty() ? Math.max(1, (int) free) : Math.max(0, (int) free);
    }

    private boolean fits(MachineSize size) {
        if (admitted.isEmpty()) {
            return true;
        }
        return admitted.size() < total.slots()
                && cpu() + size.cpu() <= total.cpu()
                && memory() + size.memory() <= total.memoryGb();
    }

    private double cpu() {
        return admitted.values().stream().mapToDouble(MachineSize::cpu).sum();
    }

    private double memory() {
        return admitted.values().stream().mapToDouble(MachineSize::memory).sum();
    }
}
