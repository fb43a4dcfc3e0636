package dev.runyard.sdk.testing;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.internal.AttemptContext;
import dev.runyard.sdk.internal.AttemptOutcome;
import dev.runyard.sdk.internal.Surroundings;
import dev.runyard.sdk.internal.TaskAttempt;
import dev.runyard.sdk.serde.PayloadCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The attempts of one run in a test, until one succeeds or none is left. */
final class InlineAttempts<O extends @Nullable Object> {
    private static final PayloadCodec CODEC = new PayloadCodec();
    private static final RunId RUN = RunId.parse("run_00000000000000000000000000");

    private final Task<?, O> task;
    private final ProjectConfig project;
    private final String json;
    private final Surroundings around;
    private final List<Duration> delays = new ArrayList<>();
    private Map<String, Object> metadata = Map.of();

    InlineAttempts(Task<?, O> task, ProjectConfig project, String json, Surroundings around) {
        this.project = project;
        this.task = task;
        this.json = json;
        this.around = around;
    }

    @SuppressWarnings("unchecked") // the codec makes what the task's output type says
    InlineRun<O> run(InlineRun.Observed observed) {
        for (int number = 1; ; number++) {
            TaskRunExecution execution = execution(number);
            AttemptContext context = new AttemptContext(execution, around);
            AttemptOutcome outcome =
                    new TaskAttempt(task, project, execution, context, RandomGenerator.getDefault()).run();
            metadata = new LinkedHashMap<>(context.metadata().current());
            InlineRun.Course course = new InlineRun.Course(number, delays, metadata);
            switch (outcome) {
                case AttemptOutcome.Succeeded success -> {
                    O output = (O) CODEC.decode(success.output(), PayloadCodec.JSON, task.outputType());
                    return InlineRun.of(output, null, course, observed);
                }
                case AttemptOutcome.Failed failed -> {
                    if (failed.retryIn() == null) {
                        return InlineRun.of(null, failed.error(), course, observed);
                    }
                    delays.add(failed.retryIn());
                }
            }
        }
    }

    private TaskRunExecution execution(int number) {
        Instant now = around.time().instant();
        return new TaskRunExecution(
                new TaskRunExecution.Attempt(number, now),
                new TaskRunExecution.Run(
                        RUN,
                        json,
                        PayloadCodec.JSON,
                        List.of(),
                        true,
                        false,
                        now,
                        now,
                        null,
                        null,
                        null,
                        metadata,
                        null,
                        null,
                        null,
                        null,
                        null),
                new TaskRunExecution.Task(task.id(), ""),
                new TaskRunExecution.Named("queue", "task/" + task.id()),
                new TaskRunExecution.Environment("environment", "dev", "DEVELOPMENT"),
                new TaskRunExecution.Organization("organization", "test", "Test"),
                new TaskRunExecution.Project("project", "proj_test", "test", "Test"),
                MachineSize.of(MachinePreset.DEFAULT),
                null);
    }
}
