package dev.runyard.sdk.testing;

import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.Triggerable;
import dev.runyard.sdk.discovery.DiscoverTasks;
import dev.runyard.sdk.discovery.DiscoveredTask;
import dev.runyard.sdk.internal.StackText;
import dev.runyard.sdk.serde.PayloadCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Runs the tasks that a task triggers in a test: an answer that the test gave, or the task itself. */
final class InlineChildren {
    private static final PayloadCodec CODEC = new PayloadCodec();

    private final Map<String, Task<?, ?>> tasks;
    private final Map<String, Answer> answers;
    private final BiFunction<Task<?, ?>, @Nullable String, End> runTask;

    InlineChildren(
            Map<String, Task<?, ?>> tasks,
            Map<String, Answer> answers,
            BiFunction<Task<?, ?>, @Nullable String, End> runTask) {
        this.tasks = tasks;
        this.answers = new HashMap<>(answers);
        this.runTask = runTask;
    }

    /**
     * How a child ended.
     *
     * @param outputJson its output
     * @param error why it failed; absent where it succeeded
     */
    record End(@Nullable String outputJson, @Nullable TaskRunError error) {}

    /**
     * What a test says about a task.
     *
     * @param task the task
     * @param function makes an output of a payload, or throws what the child fails with
     */
    record Answer(Triggerable<?, ?> task, InlineRunner.Answer<@Nullable Object, @Nullable Object> function) {}

    End run(String taskId, @Nullable String payload) {
        Answer answer = answers.get(taskId);
        if (answer != null) {
            return answer(answer, payload);
        }
        Task<?, ?> known = tasks.get(taskId);
        return runTask.apply(known == null ? find(taskId) : known, payload);
    }

    private static Task<?, ?> find(String taskId) {
        return DiscoverTasks.onClassPath()
                .find(taskId)
                .map(DiscoveredTask::task)
                .orElseThrow(() -> new IllegalStateException("the task \"" + taskId
                        + "\" is not on the class path of this test; say what it returns with answering(...)"));
    }

    private static End answer(Answer answer, @Nullable String payload) {
        Object input = CODEC.decode(payload, PayloadCodec.JSON, answer.task().inputType());
        try {
            return new End(CODEC.encode(answer.function().apply(input)), null);
        } catch (Exception e) {
            return new End(null, StackText.toError(e));
        }
    }
}
