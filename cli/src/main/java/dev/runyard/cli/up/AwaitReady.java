package dev.runyard.cli.up;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.console.Console;
import dev.runyard.cli.process.Service;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits until a started process can do its work, and shows that it waits.
final class AwaitReady {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Console console;

    AwaitReady(Console console) {
        this.console = console;
    }

    /// Returns how long it took.
    Duration await(Service service, BooleanSupplier isReady) throws Exception {
        long begin = System.nanoTime();
        console.during(service.name(), "starting…", () -> {
            while (!isReady.getAsBoolean()) {
                if (!service.isAlive()) {
                    throw new CommandFailure(service.obituary());
                }
                if (System.nanoTime() - begin > LIMIT.toNanos()) {
                    throw new CommandFailure("The " + service.name() + " was not ready within " + LIMIT.toMinutes()
                            + " minutes. Its log is " + service.log() + ".");
                }
                Thread.sleep(PERIOD);
            }
            return true;
        });
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
