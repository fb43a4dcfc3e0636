package dev.runyard.sdk.internal;

import dev.runyard.protocol.worker.CompletedWaitpoint;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Lets one wait of a run through at a time, and keeps it until the server says that it is over. */
@FunctionalInterface
public interface WaitGate {

    /**
     * Waits.
     *
     * @param what names the wait for people
     * @param begin tells the server to let the run wait; returns what the wait is over with
     * @return all that the run got from the wait
     * @throws dev.runyard.sdk.ConcurrentWaitException where the run waits already
     * @throws dev.runyard.sdk.AttemptStoppedException where the attempt is stopped meanwhile
     */
    List<CompletedWaitpoint> await(String what, Supplier<Predicate<CompletedWaitpoint>> begin);
}
