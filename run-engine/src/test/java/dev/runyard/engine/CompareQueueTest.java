package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.observe.EngineMetric;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.recovery.CompareQueue;
import dev.runyard.engine.recovery.RecoveryConfig;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Damages Redis in every way that leaves its epoch in place, and sees it repaired with all limits held
/// (answers H-10, I21).
class CompareQueueTest {
    private static final int LIMIT = 2;

    private final RedisClient client = RedisClient.create(TestRedis.shared().uri());
    private final StatefulRedisConnection<String, String> connection = client.connect();
    private final RedisCommands<String, String> redis = connection.sync();
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"), task("other"));
        harness.limit("task/work", LIMIT);
    }

    @AfterEach
    void stop() {
        harness.close();
        connection.close();
        client.shutdown();
    }

    /// What somebody may do to Redis while two runs hold slots and others wait.
    enum Damage {
        LOST_MEMBER(Repair.READY, test -> test.redis.zpopmin(test.waiting())),
        LOST_QUEUE(Repair.READY, test -> test.redis.del(test.waiting())),
        WRONG_SCORE(
                Repair.READY,
                test -> test.redis.zadd(
                        test.waiting(),
                        1,
                        test.redis.zrange(test.waiting(), 2, 2).getFirst())),
        STRANGE_MEMBER(Repair.MEMBER, test -> test.redis.zadd(test.waiting(), 1, "nothing")),
        MEMBER_WITHOUT_RUN(Repair.MEMBER, test -> test.redis.zadd(test.waiting(), 1, "1".repeat(25) + ":1")),
        MEMBER_OF_ANOTHER_VERSION(
                Repair.MEMBER,
                test -> test.redis.zadd(test.waiting(), 1, test.held.getFirst().body() + ":1")),
        MEMBER_OF_ANOTHER_QUEUE(
                Repair.MEMBER,
                test -> test.redis.zadd(
                        test.waiting() + "x",
                        1,
                        test.redis.zrange(test.waiting(), 0, 0).getFirst())),
        LOST_HOLDER(Repair.SLOT, test -> test.redis.hdel(test.state(), test.holder())),
        LOST_HOLDER_AND_COUNTS(Repair.SLOT, test -> {
            test.redis.hdel(test.state(), test.holder());
            test.counts().forEach(field -> test.redis.hincrby(test.state(), field, -1));
        }),
        HOLDER_WITHOUT_RUN(Repair.HOLDER, test -> test.redis.hset(test.state(), "h:" + "1".repeat(25), "1")),
        HOLDER_THAT_IS_NONE(Repair.HOLDER, test -> test.redis.hset(test.state(), "h:nothing", "x")),
        HOLDER_THAT_WAITS(Repair.HOLDER, test -> {
            String run = test.redis.zrange(test.waiting(), 0, 0).getFirst();
            test.redis.zrem(test.waiting(), run);
            test.redis.hset(test.state(), "h:" + run.substring(0, run.indexOf(':')), "0");
            test.counts().forEach(field -> test.redis.hincrby(test.state(), field, 1));
        }),
        COUNT_TOO_LOW(
                Repair.COUNTER, test -> test.counts().forEach(field -> test.redis.hset(test.state(), field, "0"))),
        COUNT_TOO_HIGH(
                Repair.COUNTER, test -> test.counts().forEach(field -> test.redis.hincrby(test.state(), field, 7))),
        LOST_COUNTS(Repair.COUNTER, test -> test.counts().forEach(field -> test.redis.hdel(test.state(), field))),
        WRONG_RESUMES(
                Repair.COUNTER, test -> test.redis.hset(test.state(), "r:" + test.harness.environment.body(), "3")),
        LOST_LIMIT(
                Repair.LIMIT,
                test -> test.redis.hdel(test.state(), "l:" + test.harness.environment.body() + "|task/work")),
        WRONG_PAUSE(Repair.LIMIT, test -> test.redis.hset(test.state(), "p:" + test.harness.environment.body(), "1")),
        LOST_TURNS(Repair.INDEX, test -> test.redis.del(test.key("w:main"))),
        LOST_INDEX(Repair.INDEX, test -> test.redis.del(test.key("e:" + test.harness.environment.body())));

        private final Repair kind;
        private final Consumer<CompareQueueTest> action;

        Damage(Repair kind, Consumer<CompareQueueTest> action) {
            this.kind = kind;
            this.action = action;
        }
    }

    private List<RunId> held = List.of();

    @ParameterizedTest
    @EnumSource
    void repairs(Damage damage) {
        List<ClaimedRun> claimed = twoHeldAndSixWaiting();
        harness.trigger("other");
        Map<String, Object> before = picture();
        damage.action.accept(this);
        harness.advance(Duration.ofSeconds(6));
        assertThat(harness.meters
                        .get(EngineMetric.REPAIRS.id())
                        .tag("kind", damage.kind.tag())
                        .counter()
                        .count())
                .as("repaired " + damage.kind)
                .isPositive();
        assertThat(picture()).isEqualTo(before);
        assertThat(harness.part(CompareQueue.class).compare())
                .as("second comparison")
                .isZero();
        drain(claimed);
        assertEverythingSucceeded(9);
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        List<ClaimedRun> claimed = twoHeldAndSixWaiting();
        harness.trigger(TriggerCommand.of(harness.environment, "other")
                .concurrencyKey("a|b")
                .build());
        harness.clock.advance(Duration.ofSeconds(6));
        assertThat(harness.part(CompareQueue.class).compare()).isZero();
        drain(claimed);
        harness.clock.advance(Duration.ofSeconds(6));
        assertThat(harness.part(CompareQueue.class).compare()).isZero();
    }

    @Test
    void removesCountsThatBecameZero() {
        drain(twoHeldAndSixWaiting());
        harness.advance(Duration.ofSeconds(6));
        assertThat(redis.hkeys(state())).noneMatch(field -> field.startsWith("c:") || field.startsWith("h:"));
    }

    @Test
    void repairsAnOlderStateThatWasRestored() {
        List<ClaimedRun> claimed = new ArrayList<>(twoHeldAndSixWaiting());
        Map<String, byte[]> backup = dump();
        harness.succeed(harness.start(claimed.removeFirst().state()));
        claimed.addAll(harness.claim(2));
        harness.trigger("work");
        restore(backup);
        harness.advance(Duration.ofSeconds(6));
        assertThat(harness.claim(10)).as("the limit is used up").isEmpty();
        drain(claimed);
        assertEverythingSucceeded(9);
    }

    @Test
    void settlesAClaimWhoseLeaseWasLost() {
        harness.trigger("work");
        try {
            harness.atSyncPoints(point -> {
                if (point == SyncPoint.CLAIMED_IN_REDIS) {
                    throw new IllegalStateException("the process ends here");
                }
            });
            harness.claim();
        } catch (IllegalStateException e) {
            harness.atSyncPoints(_ -> {});
        }
        redis.del(key("leased"));
        harness.advance(Duration.ofSeconds(6));
        harness.advance(harness.config().claimLease().plusSeconds(1));
        assertThat(harness.claim()).isPresent();
    }

    @Test
    void leavesWhatMayStillBeOnItsWay() {
        twoHeldAndSixWaiting();
        redis.zpopmin(waiting());
        harness.clock.advance(Duration.ofSeconds(4));
        assertThat(harness.part(CompareQueue.class).compare()).isZero();
    }

    @Test
    void looksAtABoundedNumberAndGoesOnFromThere() {
        harness.close();
        RecoveryConfig small = new RecoveryConfig(Duration.ofSeconds(30), Duration.ofSeconds(5), 10, 20);
        harness = EngineHarness.configured(
                TestRedis.shared().uri(), config -> Components.replace(config, "recovery", small));
        harness.controlPlane.deploy(harness.environment, task("work"));
        for (int i = 0; i < 95; i++) {
            harness.trigger("work");
        }
        redis.zremrangebyrank(waiting(), 0, -1);
        harness.clock.advance(Duration.ofSeconds(6));
        List<Integer> repaired = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            repaired.add(harness.part(CompareQueue.class).compare());
        }
        assertThat(repaired).allMatch(n -> n <= 22);
        assertThat(redis.zcard(waiting())).isEqualTo(95);
    }

    private List<ClaimedRun> twoHeldAndSixWaiting() {
        for (int i = 0; i < 8; i++) {
            harness.clock.advance(Duration.ofMillis(1));
            harness.trigger("work");
        }
        List<ClaimedRun> claimed = harness.claim(5);
        assertThat(claimed).hasSize(LIMIT);
        held = claimed.stream().map(run -> run.state().runId()).toList();
        return claimed;
    }

    private void drain(List<ClaimedRun> first) {
        List<ClaimedRun> claimed = first;
        while (!claimed.isEmpty()) {
            assertThat(working()).isLessThanOrEqualTo(LIMIT);
            claimed.forEach(run -> harness.succeed(harness.start(run.state())));
            claimed = harness.claim(10);
        }
    }

    private int working() {
        return harness.sql()
                .sql("select count(*) from run_state where slot_held and task_id = 'work'")
                .query(Integer.class)
                .single();
    }

    private void assertEverythingSucceeded(int runs) {
        assertThat(harness.sql()
                        .sql("select count(*) from run_state where status = 'COMPLETED_SUCCESSFULLY'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(runs);
    }

    String key(String name) {
        return harness.config().redisKeyPrefix() + name;
    }

    String state() {
        return key("n");
    }

    String waiting() {
        return key("q:" + harness.environment.body() + "|task/work|");
    }

    String holder() {
        return "h:" + held.getFirst().body();
    }

    List<String> counts() {
        String environment = harness.environment.body();
        return List.of("c:" + environment, "c:" + environment + "|task/work", "c:" + environment + "|task/work|");
    }

    /// Everything that decides, without turns and marks.
    private Map<String, Object> picture() {
        Map<String, Object> picture = new TreeMap<>();
        for (String name : names()) {
            if (redis.type(name).equals("zset")) {
                boolean isTurns = name.startsWith(key("w:"));
                picture.put(name, isTurns ? redis.zrange(name, 0, -1) : redis.zrangeWithScores(name, 0, -1));
            }
        }
        Map<String, String> fields = new TreeMap<>(redis.hgetall(state()));
        fields.keySet().removeIf(field -> !Set.of('c', 'l', 'p', 'b', 't', 'h').contains(field.charAt(0)));
        fields.values().removeIf("0"::equals);
        picture.put("fields", fields);
        return picture;
    }

    private Set<String> names() {
        return new TreeSet<>(redis.keys(harness.config().redisKeyPrefix() + "*"));
    }

    private Map<String, byte[]> dump() {
        Map<String, byte[]> backup = new TreeMap<>();
        names().forEach(name -> backup.put(name, redis.dump(name)));
        return backup;
    }

    private void restore(Map<String, byte[]> backup) {
        redis.del(names().toArray(String[]::new));
        backup.forEach((name, value) -> redis.restore(name, 0, value));
    }
}
