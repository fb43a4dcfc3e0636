package dev.runyard.junit;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.run.TokenOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Tasks that show what a worker inside this JVM does: they meet in its memory.
final class WorkerTasks {
    static final CountDownLatch FOUR = new CountDownLatch(4);
    static final CountDownLatch STOPPED = new CountDownLatch(1);
    static final CompletableFuture<String> TOKEN = new CompletableFuture<>();
    static final AtomicInteger FAILURES = new AtomicInteger();

    static final Task<Integer, Integer> DOUBLE = Task.define("double")
            .input(Integer.class)
            .output(Integer.class)
            .run((number, context) -> {
                context.logger().info("doubling " + number);
                return 2 * number;
            });

    /// Ends only where four of its runs are executed at the same time.
    static final Task<Integer, Integer> MEET = Task.define("meet")
            .input(Integer.class)
            .output(Integer.class)
            .retry(Retry.none())
            .run((number, _) -> {
                FOUR.countDown();
                if (!FOUR.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the others did not come");
                }
                return number;
            });

    private static final TaskReference<Integer, Integer> NEST_AGAIN =
            TaskReference.to("nest", Integer.class, Integer.class);

    /// Waits for a run of itself as many times as its payload says.
    static final Task<Integer, Integer> NEST = Task.define("nest")
            .input(Integer.class)
            .output(Integer.class)
            .run((depth, context) -> depth == 0
                    ? 0
                    : 1 + context.triggerAndWait(NEST_AGAIN, depth - 1).outputOrThrow());

    /// Says under which run it runs, after it waited beside others.
    static final Task<Integer, String> WHO = Task.define("who")
            .input(Integer.class)
            .output(String.class)
            .run((millis, context) -> {
                context.waitFor(Duration.ofMillis(millis));
                return context.variable("TRIGGER_RUN_ID").orElse("nobody");
            });

    static final Task<Integer, String> SECOND_TIME = Task.define("second-time")
            .input(Integer.class)
            .output(String.class)
            .retry(Retry.fixed(2, Duration.ofMillis(10)))
            .run((_, context) -> {
                if (FAILURES.incrementAndGet() == 1) {
                    throw new IllegalStateException("not yet");
                }
                return "attempt " + context.attempt().number();
            });

    /// Ends only by its cancellation.
    static final Task<Integer, String> STUBBORN = Task.define("stubborn")
            .input(Integer.class)
            .output(String.class)
            .run((_, _) -> {
                try {
                    new CountDownLatch(1).await();
                    return "never";
                } catch (InterruptedException e) {
                    STOPPED.countDown();
                    throw e;
                }
            });

    static final Task<Integer, String> ASK = Task.define("ask")
            .input(Integer.class)
            .output(String.class)
            .run((seconds, context) -> {
                String token = context.createToken(TokenOptions.timeout(Duration.ofSeconds(seconds)))
                        .id();
                TOKEN.complete(token);
                return context.waitForToken(token, String.class).toString();
            });

    /// Logs inside a span of its own, and triggers a run inside it.
    static final Task<Integer, Integer> TRACED = Task.define("traced")
            .input(Integer.class)
            .output(Integer.class)
            .run((number, context) -> context.span("read orders", span -> {
                span.set("orders", number);
                context.logger().info("read " + number + " orders");
                return context.triggerAndWait(DOUBLE, number).outputOrThrow();
            }));

    private WorkerTasks() {}
}
