package dev.runyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.runner.attempt.FoundTask;
import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.discovery.DiscoveredTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskSetTest {
    static final Task<String, String> ECHO =
            Task.define("echo").input(String.class).output(String.class).run((text, _) -> text);
    static final Task<String, String> SHOUT =
            Task.define("shout").input(String.class).output(String.class).run((text, _) -> text + "!");

    @Test
    void findsTheTasksOfAClass() {
        TaskSet tasks = TaskSet.of(TaskSetTest.class);

        assertThat(tasks.metadata().tasks()).extracting(TaskResource::id).containsExactly("echo", "shout");
        assertThat(tasks.source().find(new TaskRunExecution.Task("echo", "")))
                .isInstanceOfSatisfying(
                        FoundTask.Found.class, found -> assertThat(found.task()).isEqualTo(ECHO));
    }

    @Test
    void saysWhichTasksThereAre() {
        assertThat(TaskSet.of(TaskSetTest.class).source().find(new TaskRunExecution.Task("other", "")))
                .isInstanceOfSatisfying(
                        FoundTask.Unusable.class,
                        missing -> assertThat(missing.error().summary())
                                .isEqualTo("This worker has no task \"other\"; it has echo, shout"));
    }

    @Test
    void isAnotherVersionForEachBuild() {
        assertThat(hash("1", ECHO)).isEqualTo(hash("1", ECHO)).isNotEqualTo(hash("2", ECHO));
        assertThat(hash("1", ECHO)).isNotEqualTo(hash("1", ECHO, SHOUT));
    }

    @Test
    void refusesTwoTasksWithOneId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hash("1", ECHO, ECHO))
                .withMessageContaining("two tasks have the id \"echo\"");
    }

    @Test
    void refusesToHaveNoTask() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskSet.of(String.class))
                .withMessage("A worker needs at least one task");
    }

    private static String hash(String build, Task<?, ?>... tasks) {
        List<DiscoveredTask> found = List.of(tasks).stream()
                .map(task -> new DiscoveredTask(task, "Tasks", "TASK"))
                .toList();
        return TaskSet.of(found, ProjectConfig.EMPTY, build).metadata().contentHash();
    }
}
