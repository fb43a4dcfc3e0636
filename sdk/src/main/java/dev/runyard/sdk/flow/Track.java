package dev.runyard.sdk.flow;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskContext;
import dev.runyard.sdk.Triggerable;
import dev.runyard.sdk.TypeReference;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TriggerOptions;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of tasks in the making; {@link #asTask} ends it. Each step gets the output of the step before it, as it is
 * or through a function that also knows the track's own payload.
 *
 * <pre>{@code
 * static final Task<Video, Transcript> MEDIA = Track.define("media-track", Video.class)
 *         .step(EXTRACT_AUDIO)
 *         .step(TRANSCRIBE, (audio, video) -> new TranscribeRequest(audio.url(), video.language()))
 *         .asTask();
 * }</pre>
 *
 * <p>Each step is a run. A step that failed after its own retries fails the track. A track that is retried repeats only
 * what did not succeed, because its steps have keys of its run. Immutable.
 *
 * @param <I> the track's payload
 * @param <C> output of the last step so far
 */
public final class Track<I, C> {
    private final String id;
    private final Type inputType;
    private final Type currentType;
    private final Retry retry;
    private final List<Step> steps;

    private Track(String id, Type inputType, Type currentType, Retry retry, List<Step> steps) {
        this.id = id;
        this.inputType = inputType;
        this.currentType = currentType;
        this.retry = retry;
        this.steps = List.copyOf(steps);
    }

    /** Begins a track with the id of its task and the type of its payload. */
    public static <I> Track<I, I> define(String id, Class<I> input) {
        return new Track<>(id, input, input, Retry.none(), List.of());
    }

    /** Begins a track whose payload's type has parameters. */
    public static <I> Track<I, I> define(String id, TypeReference<I> input) {
        return new Track<>(id, input.type(), input.type(), Retry.none(), List.of());
    }

    /** Adds a task that takes what the step before it returned; the first takes the track's payload. */
    public <N> Track<I, N> step(Triggerable<C, N> task) {
        return step(task, (current, original) -> current);
    }

    /** Adds a task whose payload a function makes of what the step before it returned and of the track's payload. */
    @SuppressWarnings("unchecked") // run() passes what the types of the steps say
    public <P, N> Track<I, N> step(Triggerable<P, N> task, BiFunction<? super C, ? super I, ? extends P> mapper) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(
                (Triggerable<Object, Object>) task, (BiFunction<Object, Object, Object>) (BiFunction<?, ?, ?>) mapper));
        return new Track<>(id, inputType, task.outputType(), retry, more);
    }

    /** Repeats a track that failed; steps that succeeded are not repeated. It is not repeated without this. */
    public Track<I, C> retry(Retry newRetry) {
        return new Track<>(id, inputType, currentType, newRetry, steps);
    }

    /** Ends the track: a task that returns what the last step returned. */
    public Task<I, C> asTask() {
        if (steps.isEmpty()) {
            throw new IllegalStateException("track " + id + " has no steps");
        }
        return Task.define(id)
                .description("Track of "
                        + String.join(
                                " → ",
                                steps.stream().map(step -> step.task().id()).toList()))
                .input(FlowTypes.<I>reference(inputType))
                .output(FlowTypes.<C>reference(currentType))
                .retry(retry)
                .run(this::run);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // each step's output has the type that the next step takes
    private C run(I payload, TaskContext context) {
        Object current = payload;
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            context.metadata()
                    .set("step", index + 1)
                    .set("steps", steps.size())
                    .set("task", step.task().id());
            Object input = step.mapper().apply(current, payload);
            current = run(step, index, input, context);
        }
        return (C) current;
    }

    private static @Nullable Object run(Step step, int index, Object input, TaskContext context) {
        String place = "step " + (index + 1) + " (" + step.task().id() + ")";
        TriggerOptions options =
                TriggerOptions.none().idempotencyKey(context.idempotencyKey("track-step", Integer.toString(index)));
        RunResult<Object> result = context.triggerAndWait(step.task(), input, options);
        if (result instanceof RunResult.Completed<Object> completed) {
            context.logger().info("Finished " + place, Map.of("step", index + 1, "run", completed.runId()));
            return completed.output();
        }
        throw new StepFailedException(place, result);
    }

    /**
     * @param task what runs
     * @param mapper makes its payload
     */
    private record Step(Triggerable<Object, Object> task, BiFunction<Object, Object, Object> mapper) {}
}
