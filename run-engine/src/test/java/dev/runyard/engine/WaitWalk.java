package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.CreateBatchOutcome;
import dev.runyard.engine.batch.NewBatch;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.waitpoint.CompletedWait;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.testkit.history.History;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Runs that wait, under random commands. After each of them a model that knows only what was asked for says which runs
/// must wait and for how much.
final class WaitWalk implements AutoCloseable {
    private static final int LIMIT = 4;

    private final TestRedis redis;
    private final EngineHarness harness;
    private final WaitSteps steps;
    private final WaitModel model;
    private final History history = EngineHistory.begin();

    /// Stands for the end of the process.
    private static final class SimulatedCrash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    WaitWalk(TestRedis redis) {
        this.redis = redis;
        redis.flush();
        harness = EngineHarness.create(redis.uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
        harness.limit("task/work", LIMIT);
        steps = new WaitSteps(harness);
        model = new WaitModel();
    }

    void take(WaitCommand command) {
        act(command);
        harness.step();
        harness.step();
        check();
    }

    private void act(WaitCommand command) {
        switch (command) {
            case WaitCommand.Begin _ -> harness.trigger("work");
            case WaitCommand.Work work -> work(work.most());
            case WaitCommand.WaitForTokens wait ->
                pick(wait.run(), WaitWalk::executes).ifPresent(run -> waitForTokens(run, wait));
            case WaitCommand.WaitForTime wait ->
                pick(wait.run(), WaitWalk::executes).ifPresent(run -> waitForTime(run, wait.time()));
            case WaitCommand.WaitForChild wait ->
                pick(wait.run(), WaitWalk::executes).ifPresent(this::waitForChild);
            case WaitCommand.WaitForBatch wait ->
                pick(wait.run(), WaitWalk::executes).ifPresent(run -> waitForBatch(run, wait.items()));
            case WaitCommand.Upload upload -> upload(upload);
            case WaitCommand.CompleteToken token -> model.token(token.token()).ifPresent(this::complete);
            case WaitCommand.Suspend suspend ->
                pick(suspend.run(), WaitWalk::waitsInItsProcess).ifPresent(steps::suspend);
            case WaitCommand.Succeed end -> pick(end.run(), WaitWalk::executes).ifPresent(harness::succeed);
            case WaitCommand.Fail end -> pick(end.run(), WaitWalk::executes).ifPresent(this::fail);
            case WaitCommand.Cancel cancel ->
                pick(cancel.run(), run -> !run.isFinished()).ifPresent(this::cancel);
            case WaitCommand.Advance advance -> advance(advance.by());
            case WaitCommand.Stall _ -> stall();
            case WaitCommand.FlushRedis _ -> redis.flush();
            case WaitCommand.Crash crash -> crash(crash);
        }
    }

    private List<RunState> runs() {
        return harness
                .sql()
                .sql("select run_id from run_state order by run_id")
                .query((row, _) -> new RunId(row.getObject(1, UUID.class)))
                .list()
                .stream()
                .map(harness::state)
                .toList();
    }

    private Optional<RunState> pick(int number, Predicate<RunState> condition) {
        List<RunState> candidates = runs().stream().filter(condition).toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(number % candidates.size()));
    }

    private static boolean executes(RunState state) {
        return state.execution() == ExecutionStatus.EXECUTING;
    }

    private static boolean waitsInItsProcess(RunState state) {
        return state.execution() == ExecutionStatus.EXECUTING_WITH_WAITPOINTS;
    }

    private void work(int most) {
        for (ClaimedRun claimed : harness.claim(most)) {
            if (claimed.state().checkpoint() == null) {
                harness.start(claimed.state());
            } else {
                steps.goOn(claimed.state());
            }
        }
        runs().stream()
                .filter(run -> run.execution() == ExecutionStatus.PENDING_CANCEL)
                .forEach(run -> harness.fail(
                        run, TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "stopped"), null));
    }

    private void waitForTokens(RunState run, WaitCommand.WaitForTokens wait) {
        Set<WaitpointId> tokens = new HashSet<>();
        for (int i = 0; i < wait.tokens(); i++) {
            tokens.add(model.token(wait.run() + i).filter(_ -> wait.older()).orElseGet(() -> model.add(steps.token())));
        }
        block(run, tokens);
    }

    private void waitForTime(RunState run, Duration time) {
        WaitpointId date = steps.dateIn(time);
        model.dates.put(date, harness.clock.instant().plus(time));
        block(run, Set.of(date));
    }

    private void block(RunState run, Set<WaitpointId> waitpoints) {
        steps.tryBlock(run.runId(), waitpoints.toArray(WaitpointId[]::new));
        model.waits(harness.state(run.runId()), waitpoints);
    }

    private void waitForChild(RunState run) {
        RunId child = steps.triggerAndWait(run, "work");
        model.children.add(child);
        model.waits(harness.state(run.runId()), Set.of(new WaitpointId(child.value())));
    }

    private void waitForBatch(RunState run, int items) {
        BatchView batch = ((CreateBatchOutcome.Created) harness.engine
                        .batches()
                        .create(NewBatch.of(harness.environment, items)
                                .withWaitingParent(WaitingParent.of(run.runId()))))
                .batch();
        model.batches.put(batch.id(), new WaitModel.Batch(items));
        model.waits(
                harness.state(run.runId()), Set.of(new WaitpointId(batch.id().value())));
    }

    private void upload(WaitCommand.Upload upload) {
        List<BatchId> batches = new ArrayList<>(model.batches.keySet());
        if (!batches.isEmpty()) {
            upload(batches.get(upload.batch() % batches.size()), upload.from(), upload.amount());
        }
    }

    private void upload(BatchId id, int from, int amount) {
        WaitModel.Batch batch = model.batch(id);
        int first = from % batch.items();
        List<Integer> indexes = IntStream.range(first, Math.min(batch.items(), first + amount))
                .boxed()
                .toList();
        harness.engine
                .batches()
                .add(harness.environment, id, indexes.stream().map(this::item).toList());
        batch.uploaded().addAll(indexes);
    }

    private BatchItem item(int index) {
        return BatchItem.of(
                index,
                TriggerCommand.of(harness.environment, "work").payload("{}").build());
    }

    private void complete(WaitpointId token) {
        steps.complete(token, "1");
        model.completed.add(token);
    }

    private void fail(RunState run) {
        harness.fail(run, new TaskRunError.BuiltIn("java.lang.Exception", "boom", "at …"), null);
    }

    private void cancel(RunState run) {
        harness.engine.cancel(harness.environment, run.runId(), "not wanted");
        model.mayHaveEnded(run.runId());
    }

    private void advance(Duration by) {
        runs().stream()
                .filter(run -> executes(run) || waitsInItsProcess(run))
                .forEach(run -> harness.engine.heartbeat(run.runId(), run.snapshotId()));
        harness.advance(by);
    }

    private void stall() {
        runs().forEach(run -> model.mayHaveEnded(run.runId()));
        harness.advance(Duration.ofSeconds(90));
    }

    private void crash(WaitCommand.Crash crash) {
        AtomicInteger left = new AtomicInteger(crash.point());
        harness.atSyncPoints(_ -> {
            if (left.getAndDecrement() == 0) {
                throw new SimulatedCrash();
            }
        });
        try {
            act(crash.during());
            harness.atSyncPoints(_ -> {});
        } catch (SimulatedCrash e) {
            // Within one millisecond only one engine's own ids are in order.
            harness.clock.advance(Duration.ofMillis(1));
            harness.restart();
            act(crash.during());
        }
    }

    private boolean isOver(WaitpointId waitpoint) {
        Instant date = model.dates.get(waitpoint);
        WaitModel.Batch batch = model.batches.get(new BatchId(waitpoint.value()));
        if (date != null) {
            return !date.isAfter(harness.clock.instant());
        } else if (batch != null) {
            return batch.uploaded().size() == batch.items() && itemsHaveEnded(waitpoint);
        } else if (model.children.contains(new RunId(waitpoint.value()))) {
            return harness.state(new RunId(waitpoint.value())).isFinished();
        }
        return model.completed.contains(waitpoint);
    }

    private boolean itemsHaveEnded(WaitpointId batch) {
        return harness.sql().sql("""
                        select bool_and(s.execution = 'FINISHED')
                        from batch_item i join run_state s on s.run_id = i.run_id
                        where i.batch_id = ?
                        """).param(batch.value()).query(Boolean.class).single();
    }

    private void check() {
        for (RunState run : runs()) {
            model.waitOf(run).ifPresent(wait -> check(run, wait));
        }
        assertThat(harness.sql()
                        .sql("select count(*) from run_state where slot_held")
                        .query(Integer.class)
                        .single())
                .as("slots in use")
                .isLessThanOrEqualTo(LIMIT);
    }

    private void check(RunState run, Set<WaitpointId> wait) {
        long pending = wait.stream().filter(waitpoint -> !isOver(waitpoint)).count();
        if (pending > 0) {
            assertThat(run.isWaiting())
                    .as("%s waits for %d of %s", run, pending, wait)
                    .isTrue();
            assertThat((long) run.pendingWaits())
                    .as("%s waits for %s", run, wait)
                    .isEqualTo(pending);
            return;
        }
        assertThat(run.isWaiting()).as("%s waits for nothing of %s", run, wait).isFalse();
        if (executes(run)) {
            gotItsOutputs(run, wait);
        }
    }

    private void gotItsOutputs(RunState run, Set<WaitpointId> wait) {
        List<CompletedWait> outputs = steps.outputs(run.runId());
        assertThat(outputs).allMatch(output -> output.waitpoint().isCompleted());
        assertThat(outputs.stream()
                        .filter(output -> output.batchId() == null || output.index() == null)
                        .map(output -> output.waitpoint().id()))
                .as("what %s got", run)
                .containsExactlyInAnyOrderElementsOf(wait);
    }

    /// Lets everything end, then checks the whole history.
    void finish() {
        int rounds = 0;
        while (runs().stream().anyMatch(run -> !run.isFinished())) {
            assertThat(rounds++).as("rounds until everything ended").isLessThan(300);
            model.tokens.forEach(this::complete);
            model.batches.forEach((id, batch) -> upload(id, 0, batch.items()));
            act(new WaitCommand.Work(10));
            runs().stream().filter(WaitWalk::executes).forEach(harness::succeed);
            take(new WaitCommand.Advance(Duration.ofSeconds(20)));
        }
        EngineHistory.requireGood(harness, history);
    }

    @Override
    public void close() {
        harness.close();
    }
}
