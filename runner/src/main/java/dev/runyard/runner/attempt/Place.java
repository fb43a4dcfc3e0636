package dev.runyard.runner.attempt;

import dev.runyard.runner.thread.RunThreads;
import dev.runyard.runner.wait.OneWaitAtATime;
import dev.runyard.sdk.internal.CurrentRun;
import dev.runyard.sdk.internal.RunServer;
import java.util.function.Consumer;

/**
 * Where a run is executed: in a process of its own, or beside others.
 *
 * @param server takes what the task asks for
 * @param waits lets the run wait
 * @param tasks has the code
 * @param threads on which threads the code runs
 * @param announce takes note of the run and its variables before its code runs
 */
public record Place(
        RunServer server, OneWaitAtATime waits, TaskSource tasks, RunThreads threads, Consumer<CurrentRun> announce) {

    /** A process that has no other run. */
    public static Place ofOneRun(RunServer server, OneWaitAtATime waits) {
        return new Place(server, waits, new FindTask(), RunThreads.PLATFORM, CurrentRun::set);
    }
}
