package dev.runyard.sdk.testing;

import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.Triggerable;
import dev.runyard.sdk.discovery.FindProject;
import dev.runyard.sdk.internal.SinkLogger;
import dev.runyard.sdk.internal.Surroundings;
import dev.runyard.sdk.serde.PayloadCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task in the caller's thread as a worker would: payload and output take their trip through JSON, hooks run, a
 * failed attempt is repeated as the task says. No time passes: waits and delays are skipped, and the task's clock jumps.
 *
 * <pre>{@code
 * InlineRun<Reply> run = InlineRunner.create().run(HelloWorld.HELLO, new Greeting("Ada"));
 * assertThat(run.output()).isEqualTo(new Reply("Hello, Ada!"));
 * }</pre>
 *
 * <p>A task that the task waits for runs in the same way, unless {@link #answering} says what it returns. A task that is
 * triggered without a wait is only noted.
 */
public final class InlineRunner {
    private static final PayloadCodec CODEC = new PayloadCodec();

    private final Map<String, String> variables;
    private final Map<String, Task<?, ?>> tasks;
    private final Map<String, InlineChildren.Answer> answers;
    private final @Nullable TokenAnswer tokenAnswer;

    private InlineRunner(
            Map<String, String> variables,
            Map<String, Task<?, ?>> tasks,
            Map<String, InlineChildren.Answer> answers,
            @Nullable TokenAnswer tokenAnswer) {
        this.variables = Map.copyOf(variables);
        this.tasks = Map.copyOf(tasks);
        this.answers = Map.copyOf(answers);
        this.tokenAnswer = tokenAnswer;
    }

    /** Makes a runner whose tasks see the variables of this process. */
    public static InlineRunner create() {
        return withVariables(Map.of());
    }

    /** Makes a runner whose tasks see these variables before those of this process. */
    public static InlineRunner withVariables(Map<String, String> variables) {
        return new InlineRunner(variables, Map.of(), Map.of(), null);
    }

    /**
     * The same, and where a task waits for that task it gets what the function returns; it fails where that throws.
     *
     * <pre>{@code
     * InlineRunner.create().answering(CHARGE, order -> new Receipt("r-1"))
     * }</pre>
     */
    @SuppressWarnings("unchecked") // the function only gets payloads that were read as the task's input type
    public <I extends @Nullable Object, O extends @Nullable Object> InlineRunner answering(
            Triggerable<I, O> task, Answer<I, O> function) {
        Map<String, InlineChildren.Answer> more = new HashMap<>(answers);
        Answer<@Nullable Object, @Nullable Object> untyped = (Answer<@Nullable Object, @Nullable Object>) function;
        more.put(task.id(), new InlineChildren.Answer(task, untyped));
        return new InlineRunner(variables, tasks, more, tokenAnswer);
    }

    /** The same, and these tasks run where the task waits for them; others are looked for on the class path. */
    public InlineRunner withTasks(Task<?, ?>... known) {
        Map<String, Task<?, ?>> more = new HashMap<>(tasks);
        for (Task<?, ?> task : known) {
            more.put(task.id(), task);
        }
        return new InlineRunner(variables, more, answers, tokenAnswer);
    }

    /** The same, and tokens that the task waits for are completed with what the function returns. */
    public InlineRunner completingTokens(TokenAnswer function) {
        return new InlineRunner(variables, tasks, answers, function);
    }

    /**
     * What a task returns in a test.
     *
     * @param <I> the payload
     * @param <O> the output
     */
    @FunctionalInterface
    public interface Answer<I extends @Nullable Object, O extends @Nullable Object> {
        /** Returns the output, or throws what the task fails with. */
        O apply(I payload) throws Exception;
    }

    /** What a token is completed with in a test. */
    @FunctionalInterface
    public interface TokenAnswer {
        /** Returns the output of a token. */
        @Nullable
        Object output(String tokenId);
    }

    /** Runs a task to its end. */
    public <I extends @Nullable Object, O extends @Nullable Object> InlineRun<O> run(Task<I, O> task, I payload) {
        return runJson(task, Objects.requireNonNullElse(CODEC.encode(payload), ""));
    }

    /** Runs a task with a payload that is JSON already, to see what callers of the API see. */
    public <O extends @Nullable Object> InlineRun<O> runJson(Task<?, O> task, String json) {
        SkippedTime time = new SkippedTime(InstantSource.system().instant());
        InlineChildren children = new InlineChildren(tasks, answers, this::child);
        SimulatedServer server = new SimulatedServer(children, new InlineTokens(tokenAnswer), time);
        List<InlineRun.Line> lines = Collections.synchronizedList(new ArrayList<>());
        SinkLogger logger = new SinkLogger(
                line -> lines.add(new InlineRun.Line(line.level(), line.message(), line.attributes())), time);
        Surroundings around = new Surroundings(logger, this::variable, server, time, time);
        return new InlineAttempts<>(task, project(), json, around).run(new InlineRun.Observed(lines, server, time));
    }

    private static ProjectConfig project() {
        return FindProject.in(InlineRunner.class.getClassLoader());
    }

    private InlineChildren.End child(Task<?, ?> task, @Nullable String payload) {
        InlineRun<?> run = runJson(task, payload == null ? "" : payload);
        return new InlineChildren.End(CODEC.encode(run.output()), run.error());
    }

    private @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null ? System.getenv(name) : value;
    }
}
