package dev.runyard.e2e.tasks;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskContext;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TriggerOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Tasks that trigger others and wait.
public final class WaitTasks {
    /// Doubles a number; refuses negative ones for good.
    public static final Task<Integer, Integer> DOUBLE = Task.define("double")
            .input(Integer.class)
            .output(Integer.class)
            .retry(Retry.none())
            .run((number, _) -> {
                if (number < 0) {
                    throw new IllegalArgumentException("negative: " + number);
                }
                return 2 * number;
            });

    /// Lets another run double its number twice.
    public static final Task<Integer, Integer> QUADRUPLE = Task.define("quadruple")
            .input(Integer.class)
            .output(Integer.class)
            .run((number, context) -> {
                int twice = context.triggerAndWait(DOUBLE, number).outputOrThrow();
                return context.triggerAndWait(DOUBLE, twice).outputOrThrow();
            });

    /// Says how its child ended.
    public static final Task<Integer, String> OBSERVE = Task.define("observe")
            .input(Integer.class)
            .output(String.class)
            .run((number, context) -> describe(context.triggerAndWait(DOUBLE, number)));

    /// Doubles all numbers at once and adds them up.
    public static final Task<Integer, Integer> SUM = Task.define("sum")
            .input(Integer.class)
            .output(Integer.class)
            .run((count, context) -> {
                List<Integer> numbers = IntStream.range(0, count).boxed().toList();
                List<RunResult<Integer>> results = context.batchTriggerAndWait(DOUBLE, numbers);
                return results.stream().mapToInt(RunResult::outputOrThrow).sum();
            });

    /// Waits for runs of different tasks.
    public static final Task<Integer, String> MIXED = Task.define("mixed")
            .input(Integer.class)
            .output(String.class)
            .run((number, context) -> {
                List<RunResult<Object>> results = context.batchTriggerAndWait(
                        List.of(BatchItem.of(DOUBLE, number), BatchItem.of(OBSERVE, -1), BatchItem.of(DOUBLE, -2)));
                return String.join(
                        " | ", results.stream().map(WaitTasks::describe).toList());
            });

    /// Waits for a while; returns how long it took in milliseconds.
    public static final Task<Long, Long> REST = Task.define("rest")
            .input(Long.class)
            .output(Long.class)
            .maxDuration(Duration.ofSeconds(5))
            .run((millis, context) -> {
                long begin = System.nanoTime();
                context.waitFor(Duration.ofMillis(millis));
                return (System.nanoTime() - begin) / 1_000_000;
            });

    /// Asks for an approval.
    public static final Task<Integer, String> ASK = Task.define("ask")
            .input(Integer.class)
            .output(String.class)
            .run((seconds, context) -> {
                String token = context.createToken(TokenOptions.timeout(Duration.ofSeconds(seconds)))
                        .id();
                context.logger().info("token " + token);
                return context.waitForToken(token, String.class).toString();
            });

    /// Waits for an approval that is there already, or will be; tells the answer and in which attempt it came.
    public static final Task<String, String> APPROVAL = Task.define("approval")
            .input(String.class)
            .output(String.class)
            .retry(Retry.fixed(3, Duration.ofMillis(100)))
            .run((token, context) -> {
                context.logger().info("waiting");
                String answer = context.waitForToken(token, String.class).toString();
                return answer + " in attempt " + context.attempt().number();
            });

    /// Triggers the same child in each of two attempts under one key.
    public static final Task<Integer, Integer> ONCE = Task.define("once")
            .input(Integer.class)
            .output(Integer.class)
            .retry(Retry.fixed(2, Duration.ofMillis(100)))
            .run(WaitTasks::once);

    private WaitTasks() {}

    private static int once(Integer number, TaskContext context) {
        TriggerOptions options =
                TriggerOptions.none().idempotencyKey(context.idempotencyKey("child", number.toString()));
        int twice = context.triggerAndWait(DOUBLE, number, options.tags("once-child"))
                .outputOrThrow();
        if (context.attempt().number() == 1) {
            throw new IllegalStateException("the first attempt fails after its child");
        }
        return twice;
    }

    private static String describe(RunResult<?> result) {
        return switch (result) {
            case RunResult.Completed<?> completed -> "completed " + completed.output();
            case RunResult.Failed<?> failed -> "failed " + failed.error().message();
            default -> result.toString();
        };
    }
}
