package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many callers and many workers at once: no run is lost, none is handed out twice, no limit is passed.
class ClaimRaceTest {
    private static final int CALLERS = 8;
    private static final int LIMIT = 3;

    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"), task("other"), task("third"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private static <T> List<T> together(int callers, Callable<T> call) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                futures.add(executor.submit(call));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private int count(String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }

    @Test
    @Shows({"RC-1", "EQ-2", "FQ-2", "FQ-14", "WK-1", "VI-7"})
    void losesNoRunOfManyConcurrentTriggers() throws Exception {
        List<RunId> triggered = together(60, () -> harness.trigger("work"));
        assertThat(count("select count(*) from run_state where execution = 'QUEUED'"))
                .isEqualTo(60);
        List<RunId> claimed =
                harness.claim(100).stream().map(run -> run.state().runId()).toList();
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(triggered);
        assertThat(harness.claim(1)).isEmpty();
    }

    @Test
    @Shows({"RC-3", "RC-4"})
    void handsOutEachRunOnceHoweverManyAsk() throws Exception {
        List<RunId> triggered = together(20, () -> harness.trigger("work"));
        List<List<ClaimedRun>> answers = together(40, () -> harness.claim(3));
        List<RunId> claimed = new ArrayList<>();
        answers.forEach(answer -> answer.forEach(run -> claimed.add(run.state().runId())));
        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(triggered);
    }

    private List<String> events(RunId run) {
        return harness.sql()
                .sql("select event from run_transition where run_id = ? order by version")
                .param(run.value())
                .query((row, _) -> row.getString("event"))
                .list();
    }

    @Test
    void takesAClaimFromOneWhoSleptTooLong() {
        harness.limit("task/work", 1);
        RunId first = harness.trigger("work");
        RunId second = harness.trigger("work");
        harness.onNextClaim(() -> harness.advance(harness.config().claimLease().plusSeconds(1)));
        RunState claimed = harness.claimNext();
        assertThat(claimed.runId()).isEqualTo(first);
        assertThat(events(first))
                .as("the sleeper's claim did not count, its next one did")
                .containsExactly("TRIGGERED", "CLAIM_LAPSED", "CLAIMED");
        assertThat(harness.claim()).as("the limit is used up").isEmpty();
        harness.succeed(harness.start(claimed));
        assertThat(harness.claimNext().runId()).isEqualTo(second);
    }

    @Test
    @Shows({"RC-5", "RC-13", "RC-14", "RC-16", "FQ-6", "FQC-1"})
    void keepsTheLimitWhileWorkersComeAndGo() throws Exception {
        harness.limit("task/work", LIMIT);
        int runs = 60;
        together(runs, () -> harness.trigger("work"));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        together(CALLERS, () -> {
            while (done.get() < runs) {
                for (ClaimedRun run : harness.claim(2)) {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    var started = harness.start(run.state());
                    running.decrementAndGet();
                    harness.succeed(started);
                    done.incrementAndGet();
                }
            }
            return true;
        });
        assertThat(most.get()).isBetween(1, LIMIT);
        assertThat(count("select count(*) from run_state where slot_held")).isZero();
        harness.step();
        assertThat(count("select count(*) from outbox")).isZero();
        together(LIMIT + 2, () -> harness.trigger("work"));
        assertThat(harness.claim(10)).as("every slot is free again").hasSize(LIMIT);
        EngineHistory.requireGood(harness, EngineHistory.begin().isBusy());
    }

    @Test
    @Shows({"FQ-4", "FQ-15"})
    void servesEveryQueueThatHasWork() throws Exception {
        together(10, () -> harness.trigger("work"));
        together(10, () -> harness.trigger("other"));
        harness.trigger("third");
        harness.limit("task/work", 1);
        harness.limit("task/other", 1);
        Map<String, Integer> claimed = new ConcurrentHashMap<>();
        harness.claim(10).forEach(run -> claimed.merge(run.state().taskId(), 1, Integer::sum));
        assertThat(claimed).isEqualTo(Map.of("work", 1, "other", 1, "third", 1));
        assertThat(count("select count(distinct queue) from run_state")).isEqualTo(3);
    }

    @Test
    @Shows("WK-2")
    void handsOutInTheOrderOfTriggering() {
        List<RunId> triggered = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            triggered.add(harness.trigger("work"));
        }
        List<RunId> claimed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            claimed.add(harness.claimNext().runId());
        }
        assertThat(claimed).isEqualTo(triggered);
        assertThat(Set.copyOf(claimed)).hasSize(10);
    }

    @Test
    @Shows({"WK-8", "WQR-1"})
    void keepsWorkerQueuesApart() {
        EnvironmentId elsewhere = harness.controlPlane.addEnvironment("PRODUCTION", 10);
        harness.controlPlane.moveTo(elsewhere, "elsewhere");
        harness.controlPlane.deploy(elsewhere, task("work"));
        harness.engine.refreshLimits(elsewhere);
        RunId here = harness.trigger("work");
        RunId there = harness.trigger(TriggerCommand.of(elsewhere, "work").build());
        assertThat(harness.claim(5)).extracting(run -> run.state().runId()).containsExactly(here);
        assertThat(harness.engine.claim(new ClaimRequest("elsewhere", EngineHarness.WORKER, 5, Duration.ZERO)))
                .extracting(run -> run.state().runId())
                .containsExactly(there);
    }
}
