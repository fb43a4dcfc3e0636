package dev.runyard.sdk.flow;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskContext;
import dev.runyard.sdk.Triggerable;
import dev.runyard.sdk.TypeReference;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TriggerOptions;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Tasks and tracks that run at the same time, in the making; {@link #aggregate} ends it.
 *
 * <pre>{@code
 * static final Task<Media, Summary> MEDIA = Orchestrator.define("media-orchestrator", Media.class)
 *         .branch("audio", AUDIO_TRACK, Media::audio)
 *         .branch("video", VIDEO_TRACK, Media::video)
 *         .aggregate(Summary.class, (results, media) -> new Summary(results.succeeded()));
 * }</pre>
 *
 * <p>Each branch is a run of one batch. An orchestrator that is retried repeats only branches that did not succeed.
 * Immutable.
 *
 * @param <I> the payload
 */
public final class Orchestrator<I> {
    private final String id;
    private final Type inputType;
    private final Retry retry;
    private final FailurePolicy policy;
    private final List<Branch> branches;

    private Orchestrator(String id, Type inputType, Retry retry, FailurePolicy policy, List<Branch> branches) {
        this.id = id;
        this.inputType = inputType;
        this.retry = retry;
        this.policy = policy;
        this.branches = List.copyOf(branches);
    }

    /** Begins an orchestrator with the id of its task and the type of its payload. */
    public static <I> Orchestrator<I> define(String id, Class<I> input) {
        return new Orchestrator<>(id, input, Retry.none(), FailurePolicy.ALL_MUST_SUCCEED, List.of());
    }

    /** Begins an orchestrator whose payload's type has parameters. */
    public static <I> Orchestrator<I> define(String id, TypeReference<I> input) {
        return new Orchestrator<>(id, input.type(), Retry.none(), FailurePolicy.ALL_MUST_SUCCEED, List.of());
    }

    /** Adds a task that takes the orchestrator's payload. */
    public <O> Orchestrator<I> branch(String name, Triggerable<I, O> task) {
        return branch(name, task, payload -> payload);
    }

    /** Adds a task whose payload a function makes of the orchestrator's. */
    @SuppressWarnings("unchecked") // run() passes what the types say
    public <P, O> Orchestrator<I> branch(String name, Triggerable<P, O> task, Function<? super I, ? extends P> mapper) {
        if (branches.stream().anyMatch(branch -> branch.name().equals(name))) {
            throw new IllegalArgumentException("orchestrator " + id + " has a branch \"" + name + "\" already");
        }
        List<Branch> more = new ArrayList<>(branches);
        more.add(new Branch(
                name, (Triggerable<Object, Object>) task, (Function<Object, Object>) (Function<?, ?>) mapper));
        return new Orchestrator<>(id, inputType, retry, policy, more);
    }

    /** Says what branches that fail mean; without this all must succeed. */
    public Orchestrator<I> onFailure(FailurePolicy newPolicy) {
        return new Orchestrator<>(id, inputType, retry, newPolicy, branches);
    }

    /** Repeats an orchestrator that failed; branches that succeeded are not repeated. */
    public Orchestrator<I> retry(Retry newRetry) {
        return new Orchestrator<>(id, inputType, newRetry, policy, branches);
    }

    /** Ends the orchestrator: a task that returns what a function makes of the results and of the payload. */
    public <O> Task<I, O> aggregate(Class<O> output, BiFunction<BranchResults, ? super I, ? extends O> function) {
        if (branches.isEmpty()) {
            throw new IllegalStateException("orchestrator " + id + " has no branches");
        }
        return Task.define(id)
                .description("Orchestrator of "
                        + String.join(", ", branches.stream().map(Branch::name).toList()))
                .input(FlowTypes.<I>reference(inputType))
                .output(output)
                .retry(retry)
                .run((payload, context) -> {
                    BranchResults results = run(payload, context);
                    refuse(results);
                    return function.apply(results, payload);
                });
    }

    private BranchResults run(I payload, TaskContext context) {
        List<BatchItem<Object>> items = new ArrayList<>();
        for (Branch branch : branches) {
            TriggerOptions options =
                    TriggerOptions.none().idempotencyKey(context.idempotencyKey("branch", branch.name()));
            items.add(
                    BatchItem.of(branch.task(), branch.mapper().apply(payload)).with(options));
        }
        context.metadata().set("branches", branches.stream().map(Branch::name).toList());
        List<RunResult<Object>> ends = context.batchTriggerAndWait(items);
        Map<String, RunResult<Object>> results = new LinkedHashMap<>();
        for (int index = 0; index < branches.size(); index++) {
            results.put(branches.get(index).name(), ends.get(index));
        }
        BranchResults all = new BranchResults(results);
        context.metadata().set("succeeded", all.succeeded()).set("failed", all.failed());
        return all;
    }

    private void refuse(BranchResults results) {
        boolean fails = switch (policy) {
            case ALL_MUST_SUCCEED -> !results.failed().isEmpty();
            case ONE_MUST_SUCCEED -> results.succeeded().isEmpty();
            case COLLECT -> false;
        };
        if (fails) {
            String first = results.failed().getFirst();
            throw new StepFailedException("branch \"" + first + "\"", results.of(first));
        }
    }

    /**
     * @param name its name in the results
     * @param task what runs
     * @param mapper makes its payload
     */
    private record Branch(String name, Triggerable<Object, Object> task, Function<Object, Object> mapper) {}
}
