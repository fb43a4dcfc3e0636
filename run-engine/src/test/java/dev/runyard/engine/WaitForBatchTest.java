package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.CompletedWait;
import dev.runyard.engine.waitpoint.WaitForBatch;
import dev.runyard.engine.waitpoint.WaitParts;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.engine.waitpoint.WaitpointKind;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitForBatchTest {
    private EngineHarness harness;
    private WaitSteps steps;
    private WaitForBatch batches;
    private RunState parent;
    private BatchId batch;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
        steps = new WaitSteps(harness);
        batches = harness.part(WaitParts.class).batches();
        parent = steps.started("work");
        batch = new BatchId(new TimeOrderedIds(harness.clock).next());
        assertThat(batches.block(harness.environment, batch, WaitingParent.of(parent.runId())))
                .isInstanceOf(BlockOutcome.Waiting.class);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private RunId item(int index) {
        RunId run = harness.trigger("work");
        batches.carryExisting(harness.environment, batch, new WaitForBatch.Item(run, index));
        return run;
    }

    @Test
    @Shows("PW-2")
    void waitsForTheBatchAlone() {
        item(0);
        item(1);
        harness.succeed(harness.startNext());
        harness.succeed(harness.startNext());
        assertThat(harness.state(parent.runId()).pendingWaits()).isEqualTo(1);
        assertThat(steps.outputs(parent.runId())).isEmpty();
        assertThat(batches.complete(batch, null)).isTrue();
        assertThat(batches.complete(batch, null)).isFalse();
        harness.step();
        assertThat(harness.state(parent.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
    }

    @Test
    void bringsOutputsInTheOrderOfTheBatchWithDuplicates() {
        RunId second = item(2);
        RunId first = item(0);
        batches.carryExisting(harness.environment, batch, new WaitForBatch.Item(second, 1));
        harness.succeed(harness.startNext());
        harness.succeed(harness.startNext());
        batches.complete(batch, null);
        harness.step();
        List<CompletedWait> outputs = steps.outputs(parent.runId());
        assertThat(outputs).extracting(CompletedWait::index).containsExactly(0, 1, 2, null);
        assertThat(outputs.stream()
                        .limit(3)
                        .map(wait -> new RunId(wait.waitpoint().id().value())))
                .containsExactly(first, second, second);
        assertThat(outputs.stream().limit(3)).allMatch(wait -> batch.equals(wait.batchId()));
        assertThat(outputs.getLast().waitpoint().kind()).isEqualTo(WaitpointKind.BATCH);
    }

    @Test
    @Shows("CP-6")
    void staysSuspendedUntilTheLastItemOfTheBatch() {
        RunId first = item(0);
        RunId second = item(1);
        RunState suspended = steps.suspend(harness.state(parent.runId()));
        harness.succeed(harness.startNext());
        assertThat(harness.state(parent.runId())).isEqualTo(suspended);
        assertThat(steps.outputs(parent.runId())).isEmpty();
        harness.succeed(harness.startNext());
        batches.complete(batch, null);
        assertThat(harness.state(parent.runId()).execution()).isEqualTo(ExecutionStatus.QUEUED);
        RunState executing = steps.goOn(harness.claimNext());
        assertThat(executing.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.outputs(parent.runId()))
                .extracting(wait -> wait.waitpoint().id().value())
                .containsExactly(first.value(), second.value(), batch.value());
    }

    @Test
    @Shows("BW-2")
    void doesNotTakeTheBatchIntoTheNextWait() {
        item(0);
        harness.succeed(harness.startNext());
        batches.complete(batch, null);
        harness.step();
        steps.triggerAndWait(harness.state(parent.runId()), "work");
        harness.succeed(harness.startNext());
        harness.step();
        assertThat(steps.outputs(parent.runId()))
                .singleElement()
                .satisfies(wait -> assertThat(wait.batchId()).isNull());
    }

    @Test
    void carriesNewRunsOfTheSameTransactionAndSuspendedParents() {
        RunState suspended = steps.suspend(harness.state(parent.runId()));
        List<WaitForBatch.Item> items = new ArrayList<>();
        harness.part(Transactions.class).execute(() -> {
            IntStream.range(0, 3)
                    .forEach(index -> items.add(
                            new WaitForBatch.Item(new RunId(new TimeOrderedIds(harness.clock).next()), index)));
            batches.carryNew(harness.environment, batch, items);
            return true;
        });
        batches.complete(batch, "{\"message\":\"could not be made\"}");
        assertThat(harness.state(suspended.runId()).execution()).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(steps.outputs(parent.runId()))
                .singleElement()
                .satisfies(
                        wait -> assertThat(wait.waitpoint().output().isError()).isTrue());
    }

    @Test
    void leavesABatchAloneThatNobodyWaitsFor() {
        BatchId other = new BatchId(new TimeOrderedIds(harness.clock).next());
        RunId run = harness.trigger("work");
        batches.carryExisting(harness.environment, other, new WaitForBatch.Item(run, 0));
        assertThat(batches.complete(other, null)).isFalse();
        harness.succeed(harness.startNext());
        assertThat(harness.state(run).isFinished()).isTrue();
    }
}
