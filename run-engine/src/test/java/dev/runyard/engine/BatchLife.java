package dev.runyard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchStatus;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.CreateBatchOutcome;
import dev.runyard.engine.batch.NewBatch;
import dev.runyard.engine.trigger.TriggerCommand;
import java.util.List;
import java.util.stream.IntStream;

/// A batch in the life that CrashTest interrupts: a client uploads it in two chunks, and once more after the crash.
final class BatchLife {
    private static final int ITEMS = 4;

    private BatchLife() {}

    /// Begins a batch whose client never comes back.
    static void abandon(EngineHarness harness) {
        harness.engine.batches().create(abandoned(harness));
        harness.advance(harness.config().batches().sealTimeout());
    }

    private static NewBatch abandoned(EngineHarness harness) {
        return NewBatch.of(harness.environment, 1).withRequestKey("abandoned");
    }

    /// Does what a client does, and does again where it got no answer.
    static void upload(EngineHarness harness) {
        BatchView batch = create(harness);
        for (int from = 0; from < ITEMS; from += 2) {
            List<BatchItem> chunk = IntStream.range(from, from + 2)
                    .mapToObj(index -> BatchItem.of(
                            index,
                            TriggerCommand.of(harness.environment, "work").build()))
                    .toList();
            harness.engine.batches().add(harness.environment, batch.id(), chunk);
        }
    }

    private static BatchView create(EngineHarness harness) {
        NewBatch request = NewBatch.of(harness.environment, ITEMS).withRequestKey("upload");
        return ((CreateBatchOutcome.Created) harness.engine.batches().create(request)).batch();
    }

    static void assertEndedOnce(EngineHarness harness) {
        assertThat(harness.engine.batches().create(abandoned(harness)))
                .isInstanceOfSatisfying(
                        CreateBatchOutcome.Created.class,
                        created -> assertThat(created.batch().status()).isEqualTo(BatchStatus.ABORTED));
        BatchView batch = create(harness);
        assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(List.of(batch.received(), batch.failed(), batch.finished())).containsExactly(ITEMS, 0, ITEMS);
        assertThat(harness.sql()
                        .sql("select batch_index from run where batch_id is not null order by 1")
                        .query(Integer.class)
                        .list())
                .isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
    }
}
