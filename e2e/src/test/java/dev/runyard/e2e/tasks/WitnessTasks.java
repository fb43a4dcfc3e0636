package dev.runyard.e2e.tasks;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskContext;
import dev.runyard.sdk.TaskQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Tasks that write down what they do, so that a test need not believe the server.
public final class WitnessTasks {
    /// How many may run at once, for each concurrency key.
    public static final int WIDE_LIMIT = 3;

    /// Runs a few at a time.
    public static final Task<Order, String> WIDE =
            witness("witness-wide", TaskQueue.named("wide").withLimit(WIDE_LIMIT));

    /// Runs one after the other.
    public static final Task<Order, String> SERIAL =
            witness("witness-serial", TaskQueue.named("serial").withLimit(1));

    private WitnessTasks() {}

    /// @param witness file that gets a line at the start and one at the end
    /// @param workMs how long the work takes
    /// @param succeedsAt first attempt that does not fail
    /// @param nonce what the run returns, with its attempt behind it
    public record Order(String witness, long workMs, int succeedsAt, String nonce) {}

    private static Task<Order, String> witness(String id, TaskQueue queue) {
        return Task.define(id)
                .input(Order.class)
                .output(String.class)
                .queue(queue)
                .retry(Retry.exponential(30, Duration.ofMillis(200)))
                .run(WitnessTasks::work);
    }

    private static String work(Order order, TaskContext context) throws IOException, InterruptedException {
        String result = order.nonce() + "-" + context.attempt().number();
        write(order, "S", context, result);
        Thread.sleep(order.workMs());
        if (context.attempt().number() < order.succeedsAt()) {
            write(order, "F", context, result);
            throw new IllegalStateException("not yet");
        }
        write(order, "E", context, result);
        return result;
    }

    /// One short line in one call, which the file system appends as a whole.
    private static void write(Order order, String what, TaskContext context, String result) throws IOException {
        String line = "%s %s %d %d %s\n"
                .formatted(what, context.run().id(), context.attempt().number(), System.currentTimeMillis(), result);
        Files.write(
                Path.of(order.witness()),
                line.getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.APPEND,
                StandardOpenOption.CREATE);
    }
}
