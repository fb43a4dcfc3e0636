package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How long a run may wait for its first start.
class TtlTest {
    private static final Duration TTL = Duration.ofSeconds(10);

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

    private TriggerCommandBuilder withTtl() {
        return TriggerCommand.of(harness.environment, "work").ttl(TTL);
    }

    private RunStatus status(RunId run) {
        return harness.state(run).status();
    }

    private int count(String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }

    @Test
    @Shows({"TT-1", "TT-2", "TT-6", "TT-10", "LW-5"})
    void expiresRunsThatGetNoCapacityAndLeavesNothingBehind() {
        harness.limit("task/work", 1);
        harness.trigger("work");
        RunState running = harness.startNext();
        List<RunId> waiting = IntStream.range(0, 3)
                .mapToObj(_ -> harness.trigger(withTtl().build()))
                .toList();
        assertThat(count("select count(*) from timer where kind = 'TTL'")).isEqualTo(3);
        harness.advance(TTL.minusMillis(1));
        assertThat(waiting).allMatch(run -> status(run) == RunStatus.PENDING);
        harness.advance(Duration.ofMillis(1));
        assertThat(waiting).allMatch(run -> status(run) == RunStatus.EXPIRED);
        assertThat(waiting).allMatch(run -> harness.state(run).completedAt() != null);
        harness.succeed(running);
        harness.step();
        assertThat(harness.claim(5)).isEmpty();
        assertThat(count("select count(*) from timer")).isZero();
        assertThat(count("select count(*) from run_state where slot_held")).isZero();
        harness.trigger("work");
        assertThat(harness.claim()).as("the slot is free").isPresent();
    }

    @Test
    @Shows({"TT-7", "WX-3"})
    void waitsForEverWithoutATtl() {
        RunId none = harness.trigger("work");
        RunId zero = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .ttl(Duration.ZERO)
                .build());
        harness.advance(Duration.ofDays(20));
        assertThat(List.of(none, zero)).allMatch(run -> status(run) == RunStatus.PENDING);
        assertThat(harness.claim(5)).hasSize(2);
    }

    @Test
    @Shows({"TT-8", "TT-11"})
    void handsOutOnlyTheRunThatDidNotExpire() {
        RunId expired = harness.trigger(withTtl().build());
        RunId live = harness.trigger("work");
        harness.advance(TTL);
        assertThat(harness.claim(5)).extracting(run -> run.state().runId()).containsExactly(live);
        assertThat(status(expired)).isEqualTo(RunStatus.EXPIRED);
    }

    @Test
    @Shows({"TT-4", "TT-13", "TN-1", "VI-15"})
    void neverExpiresARunThatWasHandedOutOnce() {
        RunId lapsed = harness.trigger(withTtl().build());
        RunId stalled = harness.trigger(withTtl().build());
        List<ClaimedRun> claimed = harness.claim(2);
        claimed.stream()
                .map(ClaimedRun::state)
                .filter(state -> state.runId().equals(stalled))
                .forEach(harness::start);
        harness.advance(Duration.ofSeconds(61));
        harness.advance(Duration.ofSeconds(1));
        assertThat(List.of(lapsed, stalled)).allMatch(run -> harness.state(run).execution() == ExecutionStatus.QUEUED);
        harness.advance(Duration.ofHours(1));
        assertThat(harness.claim(5)).hasSize(2);
    }

    @Test
    @Shows({"TT-3", "TN-2", "EQ-1"})
    void queuesARetryAtItsOldPlaceAndWithoutATtl() {
        RunId run = harness.trigger(withTtl().build());
        long score = harness.state(run).score();
        RunState started = harness.startNext();
        harness.fail(started, new TaskRunError.Text("boom"), new Completion.Retry(0, 45_000));
        assertThat(harness.state(run).score()).isEqualTo(score);
        harness.advance(Duration.ofMinutes(30));
        assertThat(harness.claimNext().runId()).isEqualTo(run);
    }

    @Test
    @Shows("TN-4")
    void expiresARunWithAConcurrencyKey() {
        harness.engine.declareQueues(harness.environment, List.of(new QueueDeclaration("task/work", 0)));
        RunId run = harness.trigger(withTtl().concurrencyKey("tenant").build());
        harness.advance(TTL);
        assertThat(status(run)).isEqualTo(RunStatus.EXPIRED);
        harness.limit("task/work", 1);
        assertThat(harness.claim()).isEmpty();
    }

    @Test
    @Shows({"TT-5", "WX-4", "CR-5"})
    void givesRunsInDevelopmentATtlOfTheirOwn() {
        EnvironmentId development = harness.controlPlane.addEnvironment("DEVELOPMENT", 5);
        harness.controlPlane.deploy(development, task("work"));
        harness.engine.refreshLimits(development);
        RunId run = harness.trigger(TriggerCommand.of(development, "work").build());
        harness.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(status(run)).isEqualTo(RunStatus.PENDING);
        harness.advance(Duration.ofMillis(1));
        assertThat(status(run)).isEqualTo(RunStatus.EXPIRED);
    }

    @Test
    @Shows("TT-16")
    void expiresARunWhoseEnvironmentIsGone() {
        RunId run = harness.trigger(withTtl().build());
        harness.controlPlane.remove(harness.environment);
        harness.advance(TTL);
        assertThat(status(run)).isEqualTo(RunStatus.EXPIRED);
    }

    @Test
    @Shows({"TT-14", "TT-17", "RW-4"})
    void dropsATimerThatIsAboutNothing() {
        harness.sql()
                .sql("insert into timer (kind, subject_id, due_at) values ('TTL', ?, ?)")
                .param(UUID.randomUUID())
                .param(harness.clock.instant().plusSeconds(1).atOffset(ZoneOffset.UTC))
                .update();
        harness.step();
        assertThat(count("select count(*) from timer")).isEqualTo(1);
        harness.advance(Duration.ofSeconds(1));
        assertThat(count("select count(*) from timer")).isZero();
    }
}
