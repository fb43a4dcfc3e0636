package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.batch.AddItemsOutcome;
import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchItemView;
import dev.runyard.engine.batch.BatchPage;
import dev.runyard.engine.batch.BatchResult;
import dev.runyard.engine.batch.BatchStatus;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.CreateBatchOutcome;
import dev.runyard.engine.batch.ItemError;
import dev.runyard.engine.batch.NewBatch;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final String UNSTORABLE = "\"a\u0000b\"";

    private final EngineHarness harness =
            EngineHarness.create(TestRedis.shared().uri());

    @BeforeEach
    void deploy() {
        harness.controlPlane.deploy(harness.environment, task("work"));
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private BatchView create(int expected) {
        return create(NewBatch.of(harness.environment, expected)).batch();
    }

    private CreateBatchOutcome.Created create(NewBatch request) {
        return (CreateBatchOutcome.Created) harness.engine.batches().create(request);
    }

    private TriggerCommandBuilder work(int index) {
        return TriggerCommand.of(harness.environment, "work").payload("" + index);
    }

    private BatchItem item(int index) {
        return BatchItem.of(index, work(index).build());
    }

    private List<BatchItem> items(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::item).toList();
    }

    private AddItemsOutcome.Added add(BatchView batch, List<BatchItem> items) {
        return (AddItemsOutcome.Added) harness.engine.batches().add(harness.environment, batch.id(), items);
    }

    private BatchView view(BatchView batch) {
        return harness.engine
                .batches()
                .queries()
                .find(harness.environment, batch.id())
                .orElseThrow();
    }

    private List<BatchItemView> itemsOf(BatchView batch) {
        return harness.engine.batches().queries().items(harness.environment, batch.id());
    }

    private List<RunId> runsOf(BatchView batch) {
        return itemsOf(batch).stream().map(BatchItemView::runId).toList();
    }

    private @Nullable String payload(@Nullable RunId run) {
        return harness.engine
                .queries()
                .detail(harness.environment, Objects.requireNonNull(run))
                .orElseThrow()
                .payload();
    }

    private int count(String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }

    @Test
    @Shows({"BQ-1", "BQ-4"})
    void startsEmpty() {
        BatchView batch = create(3);
        assertThat(view(batch)).isEqualTo(batch);
        assertThat(batch.status()).isEqualTo(BatchStatus.PENDING);
        assertThat(List.of(batch.received(), batch.failed(), batch.finished())).containsOnly(0);
        assertThat(batch.expected()).isEqualTo(3);
        assertThat(harness.engine.batches().queries().find(new EnvironmentId(UUID.randomUUID()), batch.id()))
                .isEmpty();
    }

    @Test
    void refusesABatchOfNoItemsAndOfMoreThanTheLimit() {
        assertThat(create(1_000).expected()).isEqualTo(1_000);
        assertThat(harness.engine.batches().create(NewBatch.of(harness.environment, 1_001)))
                .isEqualTo(new CreateBatchOutcome.Rejected("Batch runCount of 1001 exceeds maximum allowed of 1000."));
        assertThat(harness.engine.batches().create(NewBatch.of(harness.environment, 0)))
                .isInstanceOf(CreateBatchOutcome.Rejected.class);
    }

    @Test
    @Shows({"B2-1", "BQ-2", "BQ-6", "BQ-13"})
    void turnsItemsIntoRunsAsTheyComeAndSealsWithTheLast() {
        BatchView batch = create(3);
        for (int i = 0; i < 3; i++) {
            AddItemsOutcome.Added added = add(batch, items(i, i + 1));
            assertThat(added.accepted()).isEqualTo(1);
            assertThat(added.batch().received()).isEqualTo(i + 1);
            assertThat(added.batch().isSealed()).isEqualTo(i == 2);
        }
        assertThat(runsOf(batch)).hasSize(3).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(runsOf(batch)).map(this::payload).containsExactly("0", "1", "2");
        assertThat(harness.claim(10)).hasSize(3);
    }

    @Test
    void startsRunsBeforeTheBatchIsSealed() {
        BatchView batch = create(2);
        add(batch, items(1, 2));
        harness.succeed(harness.startNext());
        assertThat(view(batch).finished()).isEqualTo(1);
        assertThat(view(batch).status()).isEqualTo(BatchStatus.PENDING);
        assertThat(add(batch, items(0, 1)).batch().status()).isEqualTo(BatchStatus.PENDING);
        harness.succeed(harness.startNext());
        assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    @Shows({"B2-2", "BQ-5"})
    void countsAnIndexOnce() {
        BatchView batch = create(3);
        add(batch, items(0, 2));
        AddItemsOutcome.Added again = add(batch, List.of(item(0), item(1), item(2), item(2)));
        assertThat(List.of(again.accepted(), again.deduplicated())).containsExactly(1, 3);
        assertThat(again.batch().received()).isEqualTo(3);
        assertThat(count("select count(*) from run")).isEqualTo(3);
    }

    @Test
    void answersALostAnswerOfTheLastChunkWithSealed() {
        BatchView batch = create(2);
        add(batch, items(0, 2));
        AddItemsOutcome.Added again = add(batch, items(0, 2));
        assertThat(List.of(again.accepted(), again.deduplicated())).containsExactly(0, 2);
        assertThat(again.batch().isSealed()).isTrue();
        harness.claim(2).forEach(run -> harness.succeed(harness.start(run.state())));
        assertThat(add(batch, items(0, 2)).batch().status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(harness.engine.batches().seal(harness.environment, batch.id()))
                .hasValueSatisfying(done -> assertThat(done.isSealed()).isTrue());
    }

    @Test
    void tellsACallerThatItemsAreMissing() {
        BatchView batch = create(3);
        add(batch, items(0, 2));
        assertThat(harness.engine.batches().seal(harness.environment, batch.id()))
                .hasValueSatisfying(open -> {
                    assertThat(open.isSealed()).isFalse();
                    assertThat(List.of(open.received(), open.expected())).containsExactly(2, 3);
                });
    }

    @Test
    void refusesAnIndexThatTheBatchDoesNotHave() {
        BatchView batch = create(2);
        AddItemsOutcome outcome =
                harness.engine.batches().add(harness.environment, batch.id(), List.of(item(0), item(2)));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AddItemsOutcome.IndexOutOfRange.class,
                        refused -> assertThat(refused.sentence()).isEqualTo("Item index 2 exceeds batch runCount 2"));
        assertThat(harness.engine.batches().add(harness.environment, batch.id(), List.of(item(-1))))
                .isInstanceOf(AddItemsOutcome.IndexOutOfRange.class);
        assertThat(view(batch).received()).isZero();
    }

    @Test
    @Shows({"B2-4", "BS-7"})
    void knowsNoBatchOfAnotherEnvironment() {
        assertThat(harness.engine.batches().add(harness.environment, new BatchId(UUID.randomUUID()), items(0, 1)))
                .isInstanceOf(AddItemsOutcome.Unknown.class);
        BatchView batch = create(1);
        EnvironmentId other = harness.controlPlane.addEnvironment("PRODUCTION", 10);
        assertThat(harness.engine.batches().add(other, batch.id(), items(0, 1)))
                .isInstanceOf(AddItemsOutcome.Unknown.class);
        assertThat(count("select count(*) from run")).isZero();
    }

    @Test
    @Shows({"BQ-15"})
    void ordersRunsByTheirIndexHoweverTheyCame() {
        BatchView batch = create(50);
        List<BatchItem> shuffled = new ArrayList<>(items(0, 50));
        Collections.shuffle(shuffled, new Random(7));
        shuffled.forEach(item -> add(batch, List.of(item)));
        assertThat(runsOf(batch))
                .map(this::payload)
                .isEqualTo(IntStream.range(0, 50).mapToObj(String::valueOf).toList());
    }

    @Test
    void takesAFullBatchInOneCall() {
        BatchView batch = create(1_000);
        AddItemsOutcome.Added added = add(batch, items(0, 1_000));
        assertThat(added.accepted()).isEqualTo(1_000);
        assertThat(added.batch().isSealed()).isTrue();
        assertThat(count("select count(*) from run_state where execution = 'QUEUED' and awaited"))
                .isEqualTo(1_000);
        harness.step();
        assertThat(count("select count(*) from outbox")).isZero();
    }

    @Test
    @Shows({"BT-1", "BS-3", "BS-6", "BS-10", "BQ-3"})
    void completesWithTheLastOfItsOwnRuns() {
        BatchView first = create(2);
        BatchView second = create(1);
        add(first, items(0, 2));
        add(second, items(0, 1));
        List<RunState> started =
                harness.claim(3).stream().map(run -> harness.start(run.state())).toList();
        harness.succeed(started.get(0));
        assertThat(view(first).status()).isEqualTo(BatchStatus.PENDING);
        harness.fail(started.get(1), TaskRunError.Internal.of(InternalErrorCode.CONFIGURED_INCORRECTLY, "no"), null);
        assertThat(view(first).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(view(first).completedAt()).isEqualTo(harness.clock.instant());
        assertThat(view(second).status()).isEqualTo(BatchStatus.PENDING);
        harness.succeed(started.get(2));
        assertThat(view(second).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(harness.sql()
                        .sql("select batch_id from run order by id")
                        .query(UUID.class)
                        .list())
                .containsExactly(
                        first.id().value(), first.id().value(), second.id().value());
    }

    @Test
    @Shows({"BS-8", "BS-9"})
    void countsCanceledAndExpiredRunsToo() {
        BatchView batch = create(2);
        add(
                batch,
                List.of(
                        item(0),
                        BatchItem.of(1, work(1).ttl(Duration.ofSeconds(5)).build())));
        harness.engine.cancel(harness.environment, runsOf(batch).getFirst(), "no");
        assertThat(view(batch).finished()).isEqualTo(1);
        harness.engine.cancel(harness.environment, runsOf(batch).getFirst(), "again");
        assertThat(view(batch).finished()).isEqualTo(1);
        harness.advance(Duration.ofSeconds(5));
        assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
        harness.advance(Duration.ofHours(1));
        assertThat(view(batch).updatedAt()).isBefore(harness.clock.instant());
    }

    @Test
    @Shows({"BT-2", "CF-1", "CF-2"})
    void givesAnItemThatCannotBeTriggeredARunThatFailedInAdvance() {
        BatchView batch = create(2);
        AddItemsOutcome.Added added = add(
                batch,
                List.of(
                        item(0),
                        BatchItem.of(1, work(1).lockToVersion("19990101.1").build())));
        assertThat(added.batch().failed()).isZero();
        BatchItemView failed = itemsOf(batch).getLast();
        assertThat(failed.status()).isEqualTo(RunStatus.SYSTEM_FAILURE);
        assertThat(failed.error())
                .isEqualTo(new ItemError(
                        ItemError.Code.BATCH_ITEM_COULD_NOT_TRIGGER,
                        "Task locked to version '19990101.1', but no worker found with that version."));
        RunState state = harness.state(runsOf(batch).getLast());
        assertThat(state.attempt()).isZero();
        assertThat(state.isFinished()).isTrue();
        assertThat(harness.claim(5)).hasSize(1).allSatisfy(run -> {
            assertThat(run.state().runId()).isEqualTo(runsOf(batch).getFirst());
            harness.succeed(harness.start(run.state()));
        });
        assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(results(batch))
                .extracting(BatchResult::error)
                .element(1)
                .satisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                TaskRunError.Internal.class,
                                internal -> assertThat(internal.code())
                                        .isEqualTo(InternalErrorCode.BATCH_ITEM_COULD_NOT_TRIGGER)));
    }

    private List<BatchResult> results(BatchView batch) {
        return harness.engine.batches().queries().results(harness.environment, batch.id());
    }

    @Test
    @Shows({"BQ-7", "BQ-14"})
    void failsAnItemInAdvanceWhosePayloadIsTooLarge() {
        int most = harness.config().batches().maxItemBytes();
        BatchView batch = create(3);
        add(
                batch,
                List.of(
                        BatchItem.of(0, work(0).payload("x".repeat(most)).build()),
                        BatchItem.of(1, work(1).payload("x".repeat(most + 1)).build()),
                        new BatchItem(
                                2,
                                work(2).build(),
                                new ItemError(ItemError.Code.PAYLOAD_TOO_LARGE, "The line is too long."))));
        assertThat(itemsOf(batch))
                .extracting(BatchItemView::status)
                .containsExactly(RunStatus.PENDING, RunStatus.SYSTEM_FAILURE, RunStatus.SYSTEM_FAILURE);
        assertThat(results(batch))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.error())
                        .isInstanceOfSatisfying(
                                TaskRunError.Internal.class,
                                internal ->
                                        assertThat(internal.code()).isEqualTo(InternalErrorCode.PAYLOAD_TOO_LARGE)));
        assertThat(itemsOf(batch).getLast().error())
                .isEqualTo(new ItemError(ItemError.Code.PAYLOAD_TOO_LARGE, "The line is too long."));
        assertThat(payload(runsOf(batch).getLast())).isNull();
    }

    @Test
    @Shows({"BQ-8"})
    void failsOnlyTheItemThatTheDatabaseDoesNotTake() {
        BatchView batch = create(3);
        AddItemsOutcome.Added added = add(
                batch,
                List.of(item(0), BatchItem.of(1, work(1).payload(UNSTORABLE).build()), item(2)));
        assertThat(added.accepted()).isEqualTo(3);
        assertThat(added.batch().status()).isEqualTo(BatchStatus.PARTIAL_FAILED);
        assertThat(added.batch().failed()).isEqualTo(1);
        BatchItemView failed = itemsOf(batch).get(1);
        assertThat(failed.isWithoutRun()).isTrue();
        assertThat(failed.error())
                .satisfies(error -> assertThat(error.code()).isEqualTo(ItemError.Code.UNEXPECTED_ERROR));
        harness.claim(3).forEach(run -> harness.succeed(harness.start(run.state())));
        assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void abortsABatchOfWhichNoItemBecameARun() {
        BatchView batch = create(2);
        List<BatchItem> full = IntStream.range(0, 2)
                .mapToObj(i -> new BatchItem(
                        i,
                        work(i).build(),
                        new ItemError(ItemError.Code.QUEUE_SIZE_LIMIT_EXCEEDED, "The queue is full.")))
                .toList();
        BatchView aborted = add(batch, full).batch();
        assertThat(aborted.status()).isEqualTo(BatchStatus.ABORTED);
        assertThat(aborted.isSealed()).isTrue();
        assertThat(aborted.completedAt()).isEqualTo(harness.clock.instant());
        assertThat(add(batch, full).batch()).isEqualTo(aborted);
        assertThat(count("select count(*) from run")).isZero();
        assertThat(count("select count(*) from timer")).isZero();
    }

    @Test
    void letsAnItemHaveTheRunOfAnEarlierCall() {
        RunId running = harness.trigger(keyed("running"));
        RunId ended = harness.trigger(keyed("ended"));
        RunState started = harness.startNext();
        harness.succeed(harness.startNext());
        assertThat(harness.state(ended).isFinished()).isTrue();
        BatchView batch = create(4);
        add(
                batch,
                List.of(
                        BatchItem.of(0, keyed("running")),
                        BatchItem.of(1, keyed("ended")),
                        BatchItem.of(2, keyed("new")),
                        BatchItem.of(3, keyed("new"))));
        assertThat(runsOf(batch).subList(0, 2)).containsExactly(running, ended);
        assertThat(runsOf(batch).get(2)).isEqualTo(runsOf(batch).get(3));
        assertThat(itemsOf(batch)).extracting(BatchItemView::isCached).containsExactly(true, true, false, true);
        assertThat(view(batch).finished()).isEqualTo(1);
        harness.succeed(harness.startNext());
        assertThat(view(batch).finished()).isEqualTo(3);
        harness.succeed(started);
        assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(results(batch)).extracting(BatchResult::index).containsExactly(0, 1, 2, 3);
        assertThat(count("select count(*) from run where batch_id is not null")).isEqualTo(1);
    }

    private TriggerCommand keyed(String key) {
        return work(0).idempotencyKey(new TriggerCommand.IdempotencyKey(
                        key, null, harness.clock.instant().plus(Duration.ofDays(30))))
                .build();
    }

    @Test
    void makesANewRunWhereTheEarlierOneFailed() {
        RunId failed = harness.trigger(keyed("k"));
        harness.fail(
                harness.startNext(), TaskRunError.Internal.of(InternalErrorCode.CONFIGURED_INCORRECTLY, "no"), null);
        BatchView batch = create(1);
        add(batch, List.of(BatchItem.of(0, keyed("k"))));
        assertThat(runsOf(batch)).hasSize(1).doesNotContain(failed);
        assertThat(itemsOf(batch).getFirst().isCached()).isFalse();
        assertThat(count("select count(*) from run where batch_id is not null")).isEqualTo(1);
        harness.succeed(harness.startNext());
        assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    @Shows({"B2-9"})
    void abortsABatchWhoseItemsStayAway() {
        BatchView batch = create(2);
        add(batch, items(0, 1));
        harness.advance(harness.config().batches().sealTimeout().minusMillis(1));
        assertThat(view(batch).status()).isEqualTo(BatchStatus.PENDING);
        harness.advance(Duration.ofMillis(1));
        BatchView aborted = view(batch);
        assertThat(aborted.status()).isEqualTo(BatchStatus.ABORTED);
        assertThat(aborted.completedAt()).isEqualTo(harness.clock.instant());
        assertThat(harness.engine.batches().add(harness.environment, batch.id(), items(1, 2)))
                .isInstanceOf(AddItemsOutcome.Aborted.class);
        assertThat(count("select count(*) from run")).isEqualTo(1);
        harness.succeed(harness.startNext());
        assertThat(view(batch).status()).isEqualTo(BatchStatus.ABORTED);
        assertThat(view(batch).completedAt()).isEqualTo(aborted.completedAt());
    }

    @Test
    void leavesABatchAloneThatHasItsItems() {
        BatchView batch = create(1);
        add(batch, items(0, 1));
        harness.advance(Duration.ofHours(1));
        assertThat(view(batch).status()).isEqualTo(BatchStatus.PENDING);
        assertThat(count("select count(*) from timer")).isZero();
    }

    @Test
    void findsTheBatchOfTheSameKey() {
        NewBatch request = NewBatch.of(harness.environment, 1).withKey(NewBatch.Key.of("k"));
        CreateBatchOutcome.Created first = create(request);
        assertThat(first.isCached()).isFalse();
        assertThat(create(request))
                .as("a caller that brought no items brings them now")
                .isEqualTo(new CreateBatchOutcome.Created(first.batch(), false));
        BatchView sealed = add(first.batch(), items(0, 1)).batch();
        assertThat(create(request)).isEqualTo(new CreateBatchOutcome.Created(sealed, true));
        harness.advance(harness.config().batches().keyLife());
        assertThat(create(request).batch().id()).isNotEqualTo(first.batch().id());
    }

    @Test
    void freesTheKeyOfAnAbortedBatch() {
        NewBatch request = NewBatch.of(harness.environment, 1)
                .withKey(new NewBatch.Key("h", "shown", harness.clock.instant().plus(Duration.ofDays(30))));
        BatchView first = create(request).batch();
        assertThat(first.idempotencyKey()).isEqualTo("shown");
        harness.advance(harness.config().batches().sealTimeout());
        assertThat(create(request).batch().id()).isNotEqualTo(first.id());
    }

    @Test
    void answersARepeatedCallOfTheTransportWithTheSameBatch() {
        NewBatch request = NewBatch.of(harness.environment, 1).withRequestKey("6f1c");
        BatchView first = create(request).batch();
        assertThat(create(request)).isEqualTo(new CreateBatchOutcome.Created(first, false));
        NewBatch keyed = request.withRequestKey("7a2d").withKey(NewBatch.Key.of("k"));
        BatchView second = create(keyed).batch();
        add(second, items(0, 1));
        assertThat(create(keyed.withRequestKey("8b3e")).batch().id()).isEqualTo(second.id());
        assertThat(create(request.withRequestKey("8b3e")).batch().id()).isEqualTo(second.id());
    }

    @Test
    void forgetsExpiredKeys() {
        create(NewBatch.of(harness.environment, 1).withKey(NewBatch.Key.of("k")));
        harness.advance(harness.config().batches().keyLife().plusSeconds(1));
        assertThat(count("select count(*) from batch_key")).isZero();
    }

    @Test
    void listsBatchesOfAnEnvironmentNewestFirst() {
        BatchView first = create(1);
        BatchView second = create(2);
        BatchView third = create(3);
        EnvironmentId other = harness.controlPlane.addEnvironment("PRODUCTION", 10);
        create(NewBatch.of(other, 4));
        BatchPage page = harness.engine.batches().queries().list(harness.environment, 2, null);
        assertThat(page).isEqualTo(new BatchPage(List.of(third, second), second.id()));
        assertThat(harness.engine.batches().queries().list(harness.environment, 2, page.next()))
                .isEqualTo(new BatchPage(List.of(first), null));
    }

    @Test
    @Shows({"BQ-9", "BQ-10", "BQ-17"})
    void survivesAnotherServer() {
        BatchView batch = create(2);
        add(batch, items(0, 1));
        harness.restart();
        assertThat(add(batch, items(0, 2)).batch().isSealed()).isTrue();
        harness.claim(2).forEach(run -> harness.succeed(harness.start(run.state())));
        assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
    }
}
