package dev.runyard.sdk.internal;

import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.Triggerable;
import dev.runyard.sdk.Triggers;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.IdempotencyKey;
import dev.runyard.sdk.run.IdempotencyScope;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TriggerOptions;
import dev.runyard.sdk.run.TriggeredBatch;
import dev.runyard.sdk.run.TriggeredRun;
import dev.runyard.sdk.serde.PayloadCodec;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Triggers runs for one attempt. Thread-safe. */
final class RunTriggers implements Triggers {
    private static final PayloadCodec CODEC = new PayloadCodec();
    private static final int MOST_ITEMS = 1_000;
    private static final String RUN = "run.id";
    private static final String BATCH = "batch.id";

    private final TaskRunExecution execution;
    private final RunServer server;
    private final AroundWait around;
    private final RunSpans spans;

    /**
     * @param execution the attempt
     * @param server takes the triggers
     * @param around is run around each wait
     * @param spans shows the triggers
     */
    RunTriggers(TaskRunExecution execution, RunServer server, AroundWait around, RunSpans spans) {
        this.execution = execution;
        this.server = server;
        this.around = around;
        this.spans = spans;
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> TriggeredRun trigger(
            Triggerable<I, O> task, I payload, TriggerOptions options) {
        String json = CODEC.encode(payload);
        TriggerRequest request = new TriggerRequest(json, options.toWire(json != null, runId()));
        return spans.span("Trigger " + task.id(), span -> {
            TriggeredRun run = server.trigger(task.id(), request);
            span.set(RUN, run.id());
            return run;
        });
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> RunResult<O> triggerAndWait(
            Triggerable<I, O> task, I payload, TriggerOptions options) {
        String json = CODEC.encode(payload);
        TriggerRequest.Options wire =
                options.toWaitingWire(json != null, runId(), execution.run().version());
        CompletedWaitpoint waitpoint = around.during(
                "Trigger " + task.id() + " and wait",
                span -> server.triggerAndWait(
                        task.id(), new TriggerRequest(json, wire), run -> span.set(RUN, run.id())));
        return CompletedRuns.read(waitpoint, task.outputType());
    }

    @Override
    public TriggeredBatch batchTrigger(List<? extends BatchItem<?>> items) {
        checkSize(items.size());
        List<RunServer.BatchLine> lines = lines(items, null);
        return spans.span("Trigger " + lines.size() + " runs", span -> {
            TriggeredBatch batch = server.batch(lines, runId());
            span.set(BATCH, batch.id());
            return batch;
        });
    }

    @Override
    public <O extends @Nullable Object> List<RunResult<O>> batchTriggerAndWait(
            List<? extends BatchItem<? extends O>> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        checkSize(items.size());
        List<RunServer.BatchLine> lines = lines(items, execution.run().version());
        List<CompletedWaitpoint> ends = around.during(
                "Trigger " + lines.size() + " runs and wait",
                span -> server.batchAndWait(lines, runId(), batch -> span.set(BATCH, batch.id())));
        List<RunResult<O>> results = new ArrayList<>();
        for (int index = 0; index < items.size(); index++) {
            Type type = items.get(index).task().outputType();
            results.add(result(ends, index, type));
        }
        return results;
    }

    @Override
    public IdempotencyKey idempotencyKey(IdempotencyScope scope, String... parts) {
        List<String> owner = switch (scope) {
            case RUN -> List.of(runId());
            case ATTEMPT ->
                List.of(runId(), Integer.toString(execution.attempt().number()));
            case GLOBAL -> List.of();
        };
        return IdempotencyKey.of(scope, List.of(parts), owner);
    }

    private static <O extends @Nullable Object> RunResult<O> result(
            List<CompletedWaitpoint> ends, int index, Type type) {
        return ends.stream()
                .filter(end -> end.completedByTaskRun() != null && Objects.equals(end.index(), index))
                .findFirst()
                .<RunResult<O>>map(end -> CompletedRuns.read(end, type))
                .orElseGet(() -> CompletedRuns.neverTriggered(index));
    }

    private List<RunServer.BatchLine> lines(List<? extends BatchItem<?>> items, @Nullable String version) {
        List<RunServer.BatchLine> lines = new ArrayList<>(items.size());
        for (BatchItem<?> item : items) {
            String json = CODEC.encode(item.payload());
            TriggerRequest.Options wire = item.options().toItemWire(json != null, version);
            lines.add(new RunServer.BatchLine(item.task().id(), new TriggerRequest(json, wire)));
        }
        return lines;
    }

    private static void checkSize(int size) {
        if (size < 1 || size > MOST_ITEMS) {
            throw new IllegalArgumentException("a batch has 1 to 1,000 items, not " + size);
        }
    }

    private String runId() {
        return execution.run().id().toString();
    }
}
