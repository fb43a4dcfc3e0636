package dev.runyard.cli.process;

import dev.runyard.cli.CommandFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The processes of a command. They are stopped in the reverse order of their start, whoever asks for it and whenever.
public final class Services {
    private final ProcessLedger ledger;
    private final Consumer<String> stopping;
    private final Deque<Service> running = new ArrayDeque<>();
    private final CompletableFuture<Service> firstExit = new CompletableFuture<>();
    private volatile boolean stopped;

    /// @param stopping is told the name of each process that is being stopped
    public Services(ProcessLedger ledger, Consumer<String> stopping) {
        this.ledger = ledger;
        this.stopping = stopping;
    }

    /// Starts a process.
    public synchronized Service start(ServiceSpec spec) {
        if (stopped) {
            throw new CommandFailure("Stopped before the " + spec.name() + " was started");
        }
        Service service = Service.start(spec);
        ledger.add(spec.name(), service.handle());
        running.push(service);
        var _ = service.onExit().thenAccept(firstExit::complete);
        return service;
    }

    /// Tells that everything is being stopped on purpose.
    public boolean isStopped() {
        return stopped;
    }

    /// Waits until one of the processes ends.
    public Service awaitFirstExit() {
        return firstExit.join();
    }

    /// Stops everything and returns when nothing runs.
    public void stopAll() {
        stopped = true;
        synchronized (this) {
            while (!running.isEmpty()) {
                Service service = running.pop();
                if (service.isAlive()) {
                    stopping.accept(service.name());
                }
                service.stop();
            }
            ledger.clear();
        }
    }
}
