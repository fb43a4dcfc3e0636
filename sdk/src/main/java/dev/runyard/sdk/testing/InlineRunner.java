package dev.runyard.sdk.testing;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.internal.AttemptContext;
import dev.runyard.sdk.internal.AttemptOutcome;
import dev.runyard.sdk.internal.SinkLogger;
import dev.runyard.sdk.internal.TaskAttempt;
import dev.runyard.sdk.serde.PayloadCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task in the caller's thread as a worker would: payload and output take their trip through JSON, hooks run, a
 * failed attempt is repeated as the task says, without waiting.
 *
 * <pre>{@code
 * InlineRun<Reply> run = InlineRunner.create().run(HelloWorld.HELLO, new Greeting("Ada"));
 * assertThat(run.output()).isEqualTo(new Reply("Hello, Ada!"));
 * }</pre>
 */
public final class InlineRunner {
    private static final PayloadCodec CODEC = new PayloadCodec();
    private static final RunId RUN = RunId.parse("run_00000000000000000000000000");

    private final Map<String, String> variables;

    private InlineRunner(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Makes a runner whose tasks see the variables of this process. */
    public static InlineRunner create() {
        return new InlineRunner(Map.of());
    }

    /** Makes a runner whose tasks see these variables before those of this process. */
    public static InlineRunner withVariables(Map<String, String> variables) {
        return new InlineRunner(variables);
    }

    /** Runs a task to its end. */
    public <I extends @Nullable Object, O extends @Nullable Object> InlineRun<O> run(Task<I, O> task, I payload) {
        return runJson(task, Objects.requireNonNullElse(CODEC.encode(payload), ""));
    }

    /** Runs a task with a payload that is JSON already, to see what callers of the API see. */
    @SuppressWarnings("unchecked") // the codec makes what the task's output type says
    public <O extends @Nullable Object> InlineRun<O> runJson(Task<?, O> task, String json) {
        List<InlineRun.Line> lines = Collections.synchronizedList(new ArrayList<>());
        SinkLogger logger = new SinkLogger(
                line -> lines.add(new InlineRun.Line(line.level(), line.message(), line.attributes())),
                InstantSource.system());
        List<Duration> delays = new ArrayList<>();
        for (int number = 1; ; number++) {
            TaskRunExecution execution = execution(task, json, number);
            AttemptContext context = new AttemptContext(execution, logger, this::variable);
            AttemptOutcome outcome = new TaskAttempt(task, execution, context, RandomGenerator.getDefault()).run();
            switch (outcome) {
                case AttemptOutcome.Succeeded success -> {
                    O output = (O) CODEC.decode(success.output(), PayloadCodec.JSON, task.outputType());
                    return new InlineRun<>(output, null, number, delays, lines);
                }
                case AttemptOutcome.Failed failed -> {
                    if (failed.retryIn() == null) {
                        return new InlineRun<>(null, failed.error(), number, delays, lines);
                    }
                    delays.add(failed.retryIn());
                }
            }
        }
    }

    private @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null ? System.getenv(name) : value;
    }

    private static TaskRunExecution execution(Task<?, ?> task, String json, int number) {
        Instant now = InstantSource.system().instant();
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
                        null,
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
