package dev.runyard.engine.queue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes one parked claim per signal. A signal that nobody waits for is kept for the next one who does; several are
/// one.
///
/// Whoever wakes and finds a run passes the signal on, so a burst of runs wakes as many claims as it needs and no herd.
public final class WakeSignals {
    private final Map<String, Semaphore> signals = new ConcurrentHashMap<>();
    private final Map<String, Runnable> listeners = new ConcurrentHashMap<>();

    /// Calls a listener at every signal, instead of waking a claim.
    ///
    /// @param listener must return at once
    public void listen(String workerQueue, Runnable listener) {
        listeners.put(workerQueue, listener);
    }

    public void wake(String workerQueue) {
        Runnable listener = listeners.get(workerQueue);
        if (listener != null) {
            listener.run();
            return;
        }
        Semaphore signal = signalOf(workerQueue);
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    public void wakeAll() {
        signals.keySet().forEach(this::wake);
    }

    /// Waits for a signal; false where patience ended first.
    public boolean await(String workerQueue, Duration patience) throws InterruptedException {
        return signalOf(workerQueue).tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Semaphore signalOf(String workerQueue) {
        return signals.computeIfAbsent(workerQueue, _ -> new Semaphore(0));
    }
}
