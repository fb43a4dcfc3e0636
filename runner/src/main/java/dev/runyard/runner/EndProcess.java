package dev.runyard.runner;

import dev.runyard.sdk.internal.Pacer;
import java.time.Duration;

/** Ends the process for certain, whatever the task left running. */
final class EndProcess {
    /** What shutdown hooks of the task's libraries have. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static volatile boolean expected;

    private EndProcess() {}

    /** Ends the process: orderly at first, by force where a shutdown hook hangs. */
    static void with(int code) {
        expected = true;
        Thread.ofPlatform().daemon().name("runyard-halt").start(() -> {
            try {
                Pacer.SLEEPING.pause(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(code);
        });
        System.exit(code);
    }

    /** Runs something where the task itself ends the process, so that its last lines are not lost. */
    static void onUnexpectedExit(Runnable lastAct) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (!expected) {
                                lastAct.run();
                            }
                        },
                        "runyard-last-lines"));
    }
}
