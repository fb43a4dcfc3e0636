package dev.runyard.runner.thread;

/** On which kind of thread a run and what belongs to it executes. */
@FunctionalInterface
public interface RunThreads {
    /** A runner has one run, which may compute for minutes: that must not take the carrier of virtual threads. */
    RunThreads PLATFORM =
            (name, body) -> Thread.ofPlatform().daemon().name(name).unstarted(body);

    /** A worker inside an application has many runs, most of which wait most of the time. */
    RunThreads VIRTUAL = (name, body) -> Thread.ofVirtual().name(name).unstarted(body);

    /** Makes a thread that does not keep the process alive. */
    Thread unstarted(String name, Runnable body);

    /** Makes one and starts it. */
    default Thread start(String name, Runnable body) {
        Thread thread = unstarted(name, body);
        thread.start();
        return thread;
    }
}
