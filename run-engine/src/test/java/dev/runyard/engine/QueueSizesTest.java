package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchItemView;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.CreateBatchOutcome;
import dev.runyard.engine.batch.ItemError;
import dev.runyard.engine.batch.NewBatch;
import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueSizesTest {
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"), task("other"));
        harness.controlPlane.change(
                harness.environment,
                old -> new EnvironmentSettings(
                        old.id(), old.type(), old.concurrencyLimit(), 1, false, old.workerQueue(), 3));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    @Shows({"WX-8"})
    void refusesTheRunThatWouldExceedTheSize() {
        for (int i = 0; i < 3; i++) {
            assertThat(trigger("work")).isInstanceOf(TriggerOutcome.Accepted.class);
        }
        assertThat(trigger("work"))
                .isEqualTo(new TriggerOutcome.Rejected("Queue 'task/work' holds 3 waiting runs, and its limit is 3. "
                        + "Wait until some have started, or raise the limit."));
        assertThat(trigger("other")).as("another queue").isInstanceOf(TriggerOutcome.Accepted.class);
    }

    @Test
    void acceptsRunsAgainOnceSomeHaveStarted() {
        for (int i = 0; i < 4; i++) {
            trigger("work");
        }
        harness.claim(2);
        assertThat(trigger("work")).as("counted a moment ago").isInstanceOf(TriggerOutcome.Rejected.class);
        harness.clock.advance(harness.config().queues().sizeCache().plusMillis(1));
        assertThat(trigger("work")).isInstanceOf(TriggerOutcome.Accepted.class);
        assertThat(trigger("work")).isInstanceOf(TriggerOutcome.Accepted.class);
        assertThat(trigger("work")).isInstanceOf(TriggerOutcome.Rejected.class);
    }

    @Test
    void countsWhatOtherServersAccepted() {
        trigger("work");
        harness.restart();
        harness.trigger("work");
        harness.trigger("work");
        assertThat(trigger("work")).isInstanceOf(TriggerOutcome.Rejected.class);
    }

    @Test
    void findsTheRunOfAKeyInAFullQueue() {
        TriggerCommandBuilder keyed = TriggerCommand.of(harness.environment, "work")
                .idempotencyKey(new TriggerCommand.IdempotencyKey(
                        "k", null, harness.clock.instant().plus(Duration.ofDays(1))));
        RunId first = harness.trigger(keyed.build());
        trigger("work");
        trigger("work");
        assertThat(trigger("work")).isInstanceOf(TriggerOutcome.Rejected.class);
        assertThat(harness.engine.trigger(keyed.build())).isEqualTo(new TriggerOutcome.Accepted(first, true));
    }

    @Test
    void letsATriggerJoinTheRunOfItsDebounceKeyInAFullQueue() {
        TriggerCommandBuilder debounced = TriggerCommand.of(harness.environment, "work")
                .debounce(new Debounce("k", "5s", Debounce.Mode.LEADING, null));
        RunId first = harness.trigger(debounced.build());
        trigger("work");
        trigger("work");
        trigger("work");
        assertThat(trigger("work")).isInstanceOf(TriggerOutcome.Rejected.class);
        assertThat(harness.engine.trigger(debounced.build())).isEqualTo(new TriggerOutcome.Accepted(first, false));
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.engine.trigger(debounced.build()))
                .as("the run has left its delay")
                .isInstanceOf(TriggerOutcome.Rejected.class);
    }

    @Test
    void tellsWhichItemsOfABatchFoundNoRoom() {
        trigger("work");
        BatchView batch = ((CreateBatchOutcome.Created)
                        harness.engine.batches().create(NewBatch.of(harness.environment, 3)))
                .batch();
        List<BatchItem> items = IntStream.range(0, 3)
                .mapToObj(index -> BatchItem.of(
                        index, TriggerCommand.of(harness.environment, "work").build()))
                .toList();

        harness.engine.batches().add(harness.environment, batch.id(), items);

        List<BatchItemView> stored = harness.engine.batches().queries().items(harness.environment, batch.id());
        assertThat(stored).extracting(BatchItemView::isWithoutRun).containsExactly(false, false, true);
        assertThat(Objects.requireNonNull(stored.getLast().error()).code())
                .isEqualTo(ItemError.Code.QUEUE_SIZE_LIMIT_EXCEEDED);
    }

    private TriggerOutcome trigger(String task) {
        return harness.engine.trigger(
                TriggerCommand.of(harness.environment, task).build());
    }
}
