package dev.runyard.e2e.tasks;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskContext;
import dev.runyard.sdk.TaskQueue;
import dev.runyard.sdk.TaskSpan;
import java.time.Duration;
import java.util.Map;

/// Tasks whose runs have something to show.
public final class TraceTasks {
    /// What nobody may mistake for markup.
    public static final String HOSTILE = "<img src=x onerror=alert(1)>";

    /// Opens spans in each other, logs in them, waits and triggers a run.
    public static final Task<Integer, Integer> TRACED =
            Task.define("traced").input(Integer.class).output(Integer.class).run(TraceTasks::traced);

    /// Runs of it wait for one another.
    public static final Task<Integer, Integer> ALONE = Task.define("alone")
            .input(Integer.class)
            .output(Integer.class)
            .queue(TaskQueue.limitedTo(1))
            .retry(Retry.none())
            .run((millis, _) -> {
                Thread.sleep(millis);
                return millis;
            });

    private TraceTasks() {}

    private static Integer traced(Integer number, TaskContext context) throws Exception {
        context.metadata().set("stage", "reading");
        int rows = context.span("read orders", span -> {
            span.set("rows", 3).set("customer", HOSTILE).event("connected");
            context.logger().info("read the orders", Map.of("rows", 3));
            try (TaskSpan inner = context.span("parse " + HOSTILE)) {
                inner.set("format", "csv");
                context.logger().warn("odd order " + HOSTILE);
            }
            return 3;
        });
        int[] tries = {0};
        context.retry(Retry.fixed(2, Duration.ofMillis(50)), () -> {
            if (++tries[0] < 2) {
                throw new IllegalStateException("the mail server is busy");
            }
            return tries[0];
        });
        context.triggerAndWait(WaitTasks.DOUBLE, number);
        context.metadata().set("stage", "done");
        return rows;
    }
}
