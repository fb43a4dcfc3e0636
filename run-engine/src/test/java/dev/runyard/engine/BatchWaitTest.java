package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchStatus;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.CreateBatchOutcome;
import dev.runyard.engine.batch.ItemError;
import dev.runyard.engine.batch.NewBatch;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.waitpoint.CompletedWait;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.engine.waitpoint.WaitpointKind;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs that wait for batches.
class BatchWaitTest {
    private final EngineHarness harness =
            EngineHarness.create(TestRedis.shared().uri());
    private final WaitSteps steps = new WaitSteps(harness);

    @BeforeEach
    void deploy() {
        harness.controlPlane.deploy(harness.environment, task("parent"), task("work"));
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private BatchView create(RunState parent, int expected) {
        return create(NewBatch.of(harness.environment, expected), parent);
    }

    private BatchView create(NewBatch request, RunState parent) {
        return ((CreateBatchOutcome.Created)
                        harness.engine.batches().create(request.withWaitingParent(WaitingParent.of(parent.runId()))))
                .batch();
    }

    private TriggerCommand work() {
        return TriggerCommand.of(harness.environment, "work").payload("{}").build();
    }

    private TriggerCommand keyed(String key) {
        return TriggerCommand.of(harness.environment, "work")
                .idempotencyKey(new TriggerCommand.IdempotencyKey(
                        key, null, harness.clock.instant().plus(Duration.ofDays(30))))
                .build();
    }

    private void add(BatchView batch, BatchItem... items) {
        harness.engine.batches().add(harness.environment, batch.id(), List.of(items));
    }

    private void addWork(BatchView batch, int from, int to) {
        add(
                batch,
                IntStream.range(from, to)
                        .mapToObj(index -> BatchItem.of(index, work()))
                        .toArray(BatchItem[]::new));
    }

    private static BatchItem full(int index, TriggerCommand command) {
        return new BatchItem(
                index, command, new ItemError(ItemError.Code.QUEUE_SIZE_LIMIT_EXCEEDED, "The queue is full."));
    }

    private BatchView view(BatchView batch) {
        return harness.engine
                .batches()
                .queries()
                .find(harness.environment, batch.id())
                .orElseThrow();
    }

    private ExecutionStatus execution(RunState parent) {
        return harness.state(parent.runId()).execution();
    }

    /// Places of the outputs in their order; -1 for the batch's own.
    private List<Integer> indexes(RunState parent) {
        return steps.outputs(parent.runId()).stream()
                .map(wait -> {
                    Integer index = wait.index();
                    return index == null ? -1 : index;
                })
                .toList();
    }

    private void finishAll() {
        harness.claim(100).forEach(run -> harness.succeed(harness.start(run.state())));
        harness.step();
    }

    private int count(String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }

    @Test
    @Shows({"BW-1", "BW-3", "B2-3", "BS-2"})
    void resumesTheParentWithAllOutputsWhenTheLastChildEnds() {
        RunState parent = steps.started("parent");
        BatchView batch = create(parent, 2);
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        addWork(batch, 0, 2);
        harness.succeed(harness.startNext());
        harness.step();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        assertThat(steps.outputs(parent.runId())).isEmpty();
        assertThat(count("select count(*) from waitpoint_edge")).isEqualTo(3);
        harness.succeed(harness.startNext());
        harness.step();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
        List<CompletedWait> outputs = steps.outputs(parent.runId());
        assertThat(indexes(parent)).containsExactly(0, 1, -1);
        assertThat(outputs)
                .extracting(wait -> wait.waitpoint().kind())
                .containsExactly(WaitpointKind.RUN, WaitpointKind.RUN, WaitpointKind.BATCH);
        assertThat(outputs.subList(0, 2)).allSatisfy(wait -> {
            assertThat(wait.batchId()).isEqualTo(batch.id());
            assertThat(wait.waitpoint().output().text()).isEqualTo("1");
        });
    }

    @Test
    @Shows({"BW-2", "B2-1"})
    void bringsNothingOfTheBatchIntoALaterWait() {
        RunState parent = steps.started("parent");
        BatchView batch = create(parent, 1);
        addWork(batch, 0, 1);
        finishAll();
        steps.triggerAndWait(harness.state(parent.runId()), "work");
        finishAll();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.outputs(parent.runId())).singleElement().satisfies(wait -> {
            assertThat(wait.batchId()).isNull();
            assertThat(wait.index()).isNull();
        });
    }

    @Test
    @Shows({"BW-4"})
    void resumesTheParentAlthoughAnItemHasNoRun() {
        RunState parent = steps.started("parent");
        BatchView batch = create(parent, 3);
        add(batch, BatchItem.of(0, work()), full(1, work()), BatchItem.of(2, work()));
        assertThat(view(batch).status()).isEqualTo(BatchStatus.PARTIAL_FAILED);
        finishAll();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(indexes(parent)).containsExactly(0, 2, -1);
        assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(harness.engine.batches().queries().items(harness.environment, batch.id()))
                .filteredOn(item -> item.isWithoutRun())
                .singleElement()
                .satisfies(item -> assertThat(item.index()).isEqualTo(1));
    }

    @Test
    void resumesTheParentWithAnErrorWhenNoItemBecameARun() {
        RunState parent = steps.started("parent");
        BatchView batch = create(parent, 2);
        add(batch, full(0, work()));
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        add(batch, full(1, work()));
        harness.step();
        assertThat(view(batch).status()).isEqualTo(BatchStatus.ABORTED);
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.outputs(parent.runId())).singleElement().satisfies(wait -> {
            assertThat(wait.waitpoint().output().isError()).isTrue();
            assertThat(wait.waitpoint().output().text())
                    .isEqualTo("{\"message\":\"None of the 2 items of the batch could become a run.\"}");
        });
    }

    @Test
    void givesTheParentTheErrorsOfItemsThatFailedInAdvance() {
        RunState parent = steps.started("parent");
        BatchView batch = create(parent, 1);
        TriggerCommand locked = TriggerCommand.of(harness.environment, "work")
                .lockToVersion("19990101.1")
                .build();
        add(batch, BatchItem.of(0, locked));
        harness.step();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(indexes(parent)).containsExactly(0, -1);
        assertThat(steps.outputs(parent.runId()).getFirst().waitpoint().output())
                .satisfies(output -> {
                    assertThat(output.isError()).isTrue();
                    assertThat(output.text()).contains("BATCH_ITEM_COULD_NOT_TRIGGER");
                });
    }

    @Test
    void bringsTheOutputOfOneRunToEveryPlaceThatHasIt() {
        RunId ended = harness.trigger(keyed("ended"));
        harness.succeed(harness.startNext());
        RunId running = harness.trigger(keyed("running"));
        RunState started = harness.startNext();
        RunState parent = steps.started("parent");
        BatchView batch = create(parent, 4);
        add(batch, BatchItem.of(3, keyed("new")), BatchItem.of(1, keyed("ended")));
        add(batch, BatchItem.of(0, keyed("new")), BatchItem.of(2, keyed("running")));
        finishAll();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        harness.succeed(started);
        harness.step();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(indexes(parent)).containsExactly(0, 1, 2, 3, -1);
        List<CompletedWait> outputs = steps.outputs(parent.runId());
        assertThat(outputs.get(1).waitpoint().id().value()).isEqualTo(ended.value());
        assertThat(outputs.get(2).waitpoint().id().value()).isEqualTo(running.value());
        assertThat(outputs.get(0).waitpoint().id())
                .isEqualTo(outputs.get(3).waitpoint().id());
    }

    @Test
    @Shows({"B2-5", "B2-7", "B2-8"})
    void resumesTheParentOnceWithAnErrorWhenItemsStayAwayAlsoAfterACrash() {
        RunState parent = steps.started("parent");
        BatchView batch = create(parent, 2);
        addWork(batch, 0, 1);
        steps.suspend(harness.state(parent.runId()));
        AtomicBoolean crashed = new AtomicBoolean();
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.BATCH_ABORTED && !crashed.getAndSet(true)) {
                throw new IllegalStateException("crash");
            }
        });
        Duration timeout = harness.config().batches().sealTimeout();
        assertThatThrownBy(() -> harness.advance(timeout)).hasMessage("crash");
        assertThat(view(batch).status()).isEqualTo(BatchStatus.PENDING);
        harness.step();
        BatchView aborted = view(batch);
        assertThat(aborted.status()).isEqualTo(BatchStatus.ABORTED);
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(steps.outputs(parent.runId()))
                .singleElement()
                .satisfies(
                        wait -> assertThat(wait.waitpoint().output().isError()).isTrue());
        harness.advance(timeout);
        assertThat(view(batch)).isEqualTo(aborted);
        assertThat(count("select count(*) from waitpoint where kind = 'BATCH' and status = 'COMPLETED'"))
                .isEqualTo(1);
    }

    @Test
    void makesNoBatchForAParentThatCannotWait() {
        RunState parent = steps.started("parent");
        harness.succeed(parent);
        assertThat(harness.engine
                        .batches()
                        .create(NewBatch.of(harness.environment, 1)
                                .withWaitingParent(WaitingParent.of(parent.runId()))))
                .isInstanceOf(CreateBatchOutcome.Rejected.class);
        assertThat(count("select count(*) from batch")).isZero();
        assertThat(count("select count(*) from waitpoint")).isZero();
        assertThat(count("select count(*) from timer")).isZero();
    }

    @Test
    void letsAParentWaitForTheBatchOfAnEarlierCall() {
        NewBatch request = NewBatch.of(harness.environment, 2).withKey(NewBatch.Key.of("k"));
        BatchView batch = ((CreateBatchOutcome.Created) harness.engine.batches().create(request)).batch();
        addWork(batch, 0, 2);
        RunState child = harness.startNext();
        RunState other = harness.startNext();
        harness.succeed(child);
        RunState parent = steps.started("parent");
        assertThat(create(request, parent).id()).isEqualTo(batch.id());
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        harness.succeed(other);
        harness.step();
        assertThat(indexes(parent)).containsExactly(0, 1, -1);
        RunState late = steps.started("parent");
        create(request, late);
        harness.step();
        assertThat(execution(late)).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(indexes(late)).containsExactly(0, 1, -1);
    }

    @Test
    void resumesTheParentOnceWhenTheLastChildrenEndAtOnce() throws Exception {
        RunState parent = steps.started("parent");
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 5; round++) {
                BatchView batch = create(harness.state(parent.runId()), 4);
                addWork(batch, 0, 4);
                List<Future<?>> ends = new ArrayList<>();
                for (RunState child : harness.claim(4).stream()
                        .map(run -> harness.start(run.state()))
                        .toList()) {
                    ends.add(executor.submit(() -> harness.succeed(child)));
                }
                for (Future<?> end : ends) {
                    end.get(30, TimeUnit.SECONDS);
                }
                Awaitility.await().until(() -> view(batch).status() == BatchStatus.COMPLETED);
                harness.step();
                assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
                assertThat(indexes(parent)).containsExactly(0, 1, 2, 3, -1);
                assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
            }
        }
        assertThat(count("select count(*) from run_transition where event = 'RESUMED'"))
                .isEqualTo(5);
    }
}
