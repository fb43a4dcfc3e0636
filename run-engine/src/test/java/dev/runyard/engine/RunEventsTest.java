package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.engine.event.DomainEvent;
import dev.runyard.engine.event.EventBatch;
import dev.runyard.engine.event.EventConsumer;
import dev.runyard.engine.event.RunEvents.Start;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The feed: every transition is in it once, and whoever reads it misses none (answers H-20).
class RunEventsTest {
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void tellsTheWholeLifeOfARunInOrder() {
        EventConsumer consumer = consumer(Start.NOW);
        RunId run = harness.trigger("work");
        harness.succeed(harness.startNext());
        List<DomainEvent> events = consumer.read(100).events();
        assertThat(events)
                .extracting(DomainEvent::event)
                .containsExactly(RunEvent.TRIGGERED, RunEvent.CLAIMED, RunEvent.ATTEMPT_STARTED, RunEvent.SUCCEEDED);
        assertThat(events).extracting(DomainEvent::runId).containsOnly(run);
        assertThat(events).extracting(DomainEvent::version).containsExactly(1, 2, 3, 4);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.environmentId()).isEqualTo(harness.environment);
            assertThat(event.taskId()).isEqualTo("work");
        });
    }

    @Test
    void goesOnAfterTheLastAcknowledgedEvent() {
        EventConsumer consumer = consumer(Start.NOW);
        trigger(5);
        EventBatch first = consumer.read(3);
        assertThat(consumer.read(3).events()).as("not acknowledged").isEqualTo(first.events());
        assertThat(consumer.acknowledge(first)).isTrue();
        EventBatch second = consumer(Start.OLDEST).read(10);
        assertThat(second.events()).hasSize(2).doesNotContainAnyElementsOf(first.events());
        assertThat(consumer.acknowledge(second)).isTrue();
        assertThat(consumer.read(10).events()).isEmpty();
    }

    @Test
    void countsOnlyTheFirstAcknowledgement() {
        EventConsumer consumer = consumer(Start.NOW);
        trigger(2);
        EventBatch one = consumer.read(1);
        EventBatch both = consumer.read(2);
        assertThat(consumer.acknowledge(one)).isTrue();
        assertThat(consumer.acknowledge(both)).isFalse();
        assertThat(consumer.read(5).events()).hasSize(1);
    }

    @Test
    void startsWhereItIsTold() {
        trigger(2);
        assertThat(harness.engine.events().consumer("late", Start.NOW).read(5).events())
                .isEmpty();
        assertThat(harness.engine
                        .events()
                        .consumer("early", Start.OLDEST)
                        .read(5)
                        .events())
                .hasSize(2);
    }

    @Test
    void waitsForTransactionsThatBeganEarlierAndStillRun() throws SQLException {
        EventConsumer consumer = consumer(Start.NOW);
        RunId run = harness.trigger("work");
        try (Connection slow = connection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("""
                    insert into run_transition (run_id, version, event, execution, status, attempt, at)
                    values ('%s', 2, 'PARKED', 'RUN_CREATED', 'PENDING_VERSION', 0, now())
                    """.formatted(run.value()));
            trigger(3);
            assertThat(consumer.read(10).events()).hasSize(1);
            slow.commit();
        }
        EventBatch batch = consumer.read(10);
        assertThat(batch.events()).hasSize(5);
        assertThat(batch.events())
                .filteredOn(event -> event.runId().equals(run))
                .hasSize(2);
    }

    @Test
    void keepsTheOrderOfARunWhereTransactionsOvertookEachOther() throws SQLException {
        EventConsumer consumer = consumer(Start.NOW);
        RunId run;
        try (Connection early = connection();
                Statement statement = early.createStatement()) {
            early.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            run = harness.trigger("work");
            statement.execute("""
                    insert into run_transition (run_id, version, event, execution, status, attempt, at)
                    values ('%s', 2, 'PARKED', 'RUN_CREATED', 'PENDING_VERSION', 0, now())
                    """.formatted(run.value()));
            early.commit();
        }
        List<Integer> seen = new ArrayList<>();
        EventBatch batch = consumer.read(1);
        while (!batch.events().isEmpty()) {
            batch.events().forEach(event -> seen.add(event.version()));
            consumer.acknowledge(batch);
            batch = consumer.read(1);
        }
        assertThat(seen).startsWith(1, 2).doesNotContain(3);
        assertThat(new HashSet<>(seen)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void losesNothingWhileManyWrite() throws InterruptedException {
        EventConsumer consumer = consumer(Start.NOW);
        int writers = 4;
        int each = 50;
        AtomicInteger busy = new AtomicInteger(writers);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                trigger(each);
                busy.decrementAndGet();
            }));
        }
        Set<RunId> seen = new HashSet<>();
        boolean last = false;
        while (!last) {
            last = busy.get() == 0;
            EventBatch batch;
            do {
                batch = consumer.read(7);
                batch.events().forEach(event -> seen.add(event.runId()));
                consumer.acknowledge(batch);
            } while (!batch.events().isEmpty());
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).hasSize(writers * each);
    }

    @Test
    void knowsHowFarAConsumerIsBehind() {
        EventConsumer consumer = consumer(Start.NOW);
        assertThat(consumer.lag()).isZero();
        trigger(1);
        harness.clock.advance(Duration.ofSeconds(30));
        trigger(1);
        assertThat(consumer.lag()).isEqualTo(Duration.ofSeconds(30));
        consumer.acknowledge(consumer.read(10));
        assertThat(consumer.lag()).isZero();
    }

    @Test
    void goesOnInAServerThatADumpWasRestoredInto() {
        EventConsumer consumer = consumer(Start.NOW);
        trigger(2);
        consumer.acknowledge(consumer.read(10));
        harness.sql().sql("update event_cursor set tx = tx + 1000000000").update();
        harness.sql().sql("update run_transition set tx = tx + 1000000000").update();
        harness.engine.events().keepOrder();
        List<RunId> later = trigger(2);
        List<RunId> heard = new ArrayList<>();
        EventBatch batch = consumer.read(10);
        while (!batch.events().isEmpty()) {
            batch.events().forEach(event -> heard.add(event.runId()));
            consumer.acknowledge(batch);
            batch = consumer.read(10);
        }
        assertThat(heard).containsExactlyElementsOf(later);
    }

    @Test
    void forgetsAConsumerThatIsRemoved() {
        EventConsumer consumer = consumer(Start.NOW);
        harness.engine.events().remove(consumer.name());
        assertThatThrownBy(() -> consumer.read(1)).hasMessageContaining("no consumer");
        assertThat(harness.engine.events().consumers()).isEmpty();
    }

    @Test
    void hasEachVersionOnce() {
        EventConsumer consumer = consumer(Start.NOW);
        trigger(3);
        for (int i = 0; i < 3; i++) {
            harness.succeed(harness.startNext());
        }
        Map<RunId, Integer> newest = new HashMap<>();
        consumer.read(1_000)
                .events()
                .forEach(event ->
                        assertThat(newest.merge(event.runId(), 1, Integer::sum)).isEqualTo(event.version()));
        assertThat(newest.values()).containsOnly(4);
    }

    private EventConsumer consumer(Start start) {
        return harness.engine.events().consumer("alerts", start);
    }

    private List<RunId> trigger(int n) {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            runs.add(harness.trigger("work"));
        }
        return runs;
    }

    private Connection connection() throws SQLException {
        return harness.dataSource().getConnection();
    }
}
