package dev.runyard.examples.patterns;

import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskQueue;
import dev.runyard.sdk.TypeReference;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.Debounce;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TriggerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tasks that trigger others. */
public final class Families {
    /** Does a part of the work. */
    public static final Task<String, String> CHILD = Task.define("child-task")
            .input(String.class)
            .output(String.class)
            .queue(TaskQueue.named("parts").withLimit(5))
            .run((data, context) -> {
                context.addTags("part_" + data);
                context.metadata().parent().set("childStatus", "processing");
                context.metadata().root().increment("childrenCompleted", 1);
                return data.toUpperCase(Locale.ROOT);
            });

    /** Triggers, waits, and waits for many. */
    public static final Task<String, List<String>> PARENT = Task.define("parent-task")
            .input(String.class)
            .output(new TypeReference<List<String>>() {})
            .run((data, context) -> {
                List<String> said = new ArrayList<>();
                context.trigger(CHILD, data + "-alone", TriggerOptions.none().tags("priority"));
                switch (context.triggerAndWait(CHILD, data)) {
                    case RunResult.Completed<String> completed -> said.add(completed.output());
                    case RunResult<String> other -> context.logger().error("No output: " + other);
                }
                said.add(context.triggerAndWait(CHILD, data + "-again").outputOrThrow());
                for (RunResult<String> result : context.batchTriggerAndWait(CHILD, List.of("a", "b"))) {
                    said.add(result.outputOrThrow());
                }
                return said;
            });

    /** Hidden from other classes, and still a task. */
    private static final Task<Integer, Integer> SECRET = Task.define("internal-processor")
            .input(Integer.class)
            .output(Integer.class)
            .run((number, context) -> number + 1);

    /** Joins updates that come in quick succession, and sends two different parts at once. */
    public static final Task<String, @Nullable Void> UPDATES = Task.define("updates")
            .input(String.class)
            .runWithoutOutput((user, context) -> {
                Debounce debounce =
                        Debounce.by("user-" + user, Duration.ofSeconds(5)).takingLast();
                context.trigger(CHILD, user, TriggerOptions.none().debounce(debounce));
                context.batchTrigger(List.of(
                        BatchItem.of(CHILD, "one").with(TriggerOptions.none().tags("priority")),
                        BatchItem.of(SECRET, 2)));
            });

    private Families() {}
}
