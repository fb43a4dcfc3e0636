package com.example.tasks;

import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.run.RunResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tasks that wait. */
public final class Waiting {
    private static final TaskReference<String, String> CHILD = TaskReference.to("child", String.class, String.class);

    private Waiting() {}

    static final Task<?, String> PARENT = Task.define("parent")
            .output(String.class)
            .run((nothing, context) -> {
                context.metadata()
                        .set("phase", "waiting")
                        .increment("steps", 1)
                        .parent()
                        .set("child", "busy");
                RunResult<String> result = context.triggerAndWait(CHILD, "go");
                return switch (result) {
                    case RunResult.Completed<String> completed -> "child said " + completed.output();
                    case RunResult.Failed<String> failed ->
                        "child failed: " + failed.error().message();
                    case RunResult<String> other -> "child: " + other;
                };
            });

    static final Task<?, @Nullable Void> RESTS = Task.define("rests").runWithoutOutput((nothing, context) -> {
        System.out.println("resting");
        context.waitFor(Duration.ofHours(1));
        System.out.println("rested");
    });

    static final Task<?, String> WAITS_TWICE = Task.define("waits-twice")
            .output(String.class)
            .run((nothing, context) -> {
                AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
                CountDownLatch begun = new CountDownLatch(1);
                Thread other = new Thread(() -> {
                    begun.countDown();
                    context.triggerAndWait(CHILD, "first");
                });
                other.setDaemon(true);
                other.start();
                begun.await();
                while (thrown.get() == null && other.isAlive()) {
                    if (other.getState() == Thread.State.TIMED_WAITING) {
                        context.waitFor(Duration.ofHours(1));
                    }
                    Thread.onSpinWait();
                }
                return "both waits were let through";
            });
}
