package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.scheduledTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.schedule.CatchUp;
import dev.runyard.engine.schedule.ScheduleDraft;
import dev.runyard.engine.schedule.ScheduleInstance;
import dev.runyard.engine.schedule.ScheduleOutcome;
import dev.runyard.engine.schedule.ScheduleTick;
import dev.runyard.engine.schedule.ScheduleView;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What happens at a tick. The clock stands at 2026-08-01T10:00:00Z, a Saturday.
class ScheduleTickTest {
    private final UUID scope = UUID.randomUUID();
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, scheduledTask("report"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private ScheduleDraft report(String cron) {
        return ScheduleDraft.of(harness.environment, "report", cron).withKey("key");
    }

    private ScheduleView create(ScheduleDraft draft) {
        return ((ScheduleOutcome.Saved) harness.engine.schedules().create(scope, draft)).view();
    }

    private ScheduleView schedule() {
        return harness.engine.schedules().find(scope, "key").orElseThrow();
    }

    private ScheduleInstance instance() {
        return schedule().instances().getFirst();
    }

    private List<ScheduleTick> ticks() {
        return harness.engine
                .schedules()
                .ticks(schedule().schedule().id(), 10_000)
                .reversed();
    }

    private List<Instant> triggered() {
        return ticks().stream()
                .filter(tick -> tick.outcome() == ScheduleTick.Outcome.TRIGGERED)
                .map(ScheduleTick::nominalAt)
                .toList();
    }

    private int runs() {
        return harness.sql()
                .sql("select count(*) from run where source = 'schedule'")
                .query(Integer.class)
                .single();
    }

    private RunDetail run(int tick) {
        List<RunId> found = new ArrayList<>();
        ticks().forEach(known -> {
            if (known.runId() != null) {
                found.add(known.runId());
            }
        });
        return harness.engine
                .queries()
                .detail(harness.environment, found.get(tick))
                .orElseThrow();
    }

    private static JsonNode json(RunDetail run) {
        return JsonMapper.shared().readTree(run.payload());
    }

    private static Instant at(String time) {
        return Instant.parse("2026-08-01T" + time + ":00Z");
    }

    @Test
    @Shows({"SCH-1", "SCR-6", "RW-21"})
    void triggersEachMinuteWithWhatTheOfficialClientExpects() {
        ScheduleView made = create(report("* * * * *").withExternalId("42").in("Asia/Tokyo"));
        harness.advance(Duration.ofSeconds(59));
        assertThat(runs()).as("before its time").isZero();
        harness.advance(Duration.ofSeconds(1));
        harness.advance(Duration.ofSeconds(60));
        assertThat(triggered()).containsExactly(at("10:01"), at("10:02"));
        assertThat(run(0).payloadType()).isEqualTo("application/super+json");
        JsonNode first = json(run(0)).get("json");
        assertThat(first.propertyNames())
                .containsExactly("scheduleId", "type", "timestamp", "externalId", "timezone", "upcoming");
        assertThat(first.get("scheduleId").asString())
                .isEqualTo(made.schedule().id().toString());
        assertThat(first.get("type").asString()).isEqualTo("IMPERATIVE");
        assertThat(first.get("timestamp").asString()).isEqualTo("2026-08-01T10:01:00.000Z");
        assertThat(first.get("externalId").asString()).isEqualTo("42");
        assertThat(first.get("timezone").asString()).isEqualTo("Asia/Tokyo");
        assertThat(first.get("upcoming")).hasSize(10);
        assertThat(first.get("upcoming").get(0).asString()).isEqualTo("2026-08-01T10:02:00.000Z");
        assertThat(first.get("upcoming").get(9).asString()).isEqualTo("2026-08-01T10:11:00.000Z");
        JsonNode second = json(run(1));
        assertThat(second.get("json").get("lastTimestamp").asString()).isEqualTo("2026-08-01T10:01:00.000Z");
        JsonNode dates = second.get("meta").get("values");
        assertThat(dates).hasSize(12);
        for (String name : List.of("timestamp", "lastTimestamp", "upcoming.0", "upcoming.9")) {
            assertThat(dates.get(name).get(0).asString()).isEqualTo("Date");
        }
    }

    @Test
    void theRunsAreQueuedAsOfTheirTickAndKnowTheirSchedule() {
        ScheduleView made = create(report("1 10 * * *"));
        harness.advance(Duration.ofSeconds(90));
        RunId run = run(0).view().id();
        assertThat(harness.state(run).score()).isEqualTo(at("10:01").toEpochMilli());
        assertThat(harness.engine.schedules().triggeredBy(List.of(run)))
                .containsEntry(run, made.schedule().id());
        assertThat(harness.claimNext().runId()).isEqualTo(run);
    }

    @ParameterizedTest
    @CsvSource({
        "SKIP,0,1,0", "SKIP,0,10,0", "SKIP,0,1000,0",
        "LAST,0,1,1", "LAST,0,10,1", "LAST,0,1000,1",
        "ALL,0,1,1", "ALL,0,10,10", "ALL,0,1000,100",
        "ALL,250,1,1", "ALL,250,10,10", "ALL,250,1000,250"
    })
    void makesUpForMissedTicksAsThePolicySays(CatchUp.Policy policy, int limit, int missed, int expected) {
        create(report("*/2 * * * *").catchingUp(new CatchUp(policy, limit == 0 ? null : limit)));
        Instant last = at("10:00").plus(Duration.ofMinutes(2L * missed));
        harness.clock.set(last.plusSeconds(61));
        harness.step();
        List<Instant> fired = triggered();
        assertThat(fired).hasSize(expected);
        assertThat(runs()).isEqualTo(expected);
        for (int i = 0; i < expected; i++) {
            assertThat(fired.get(i)).isEqualTo(last.minus(Duration.ofMinutes(2L * (expected - 1 - i))));
        }
        assertThat(instance().nextNominalAt()).isEqualTo(last.plusSeconds(120));
        if (expected < missed) {
            ScheduleTick skipped = ticks().getFirst();
            assertThat(skipped.outcome()).isEqualTo(ScheduleTick.Outcome.MISSED);
            assertThat(skipped.nominalAt()).isEqualTo(at("10:02"));
            assertThat(skipped.lastNominalAt()).isEqualTo(last.minus(Duration.ofMinutes(2L * expected)));
        }
        harness.step();
        assertThat(runs()).isEqualTo(expected);
        harness.clock.set(last.plusSeconds(120));
        harness.step();
        assertThat(runs()).as("the next tick is on time").isEqualTo(expected + 1);
    }

    @Test
    void eachCaughtUpRunSeesTheOneBefore() {
        create(report("*/2 * * * *").catchingUp(new CatchUp(CatchUp.Policy.ALL, 2)));
        harness.advance(Duration.ofMinutes(9));
        assertThat(triggered()).containsExactly(at("10:06"), at("10:08"));
        assertThat(json(run(0)).get("json").get("lastTimestamp")).isNull();
        assertThat(json(run(1)).get("json").get("lastTimestamp").asString()).isEqualTo("2026-08-01T10:06:00.000Z");
    }

    @Test
    void neverHappensBeforeItsNominalTimeAndAlwaysBeforeTheNext() {
        ScheduleView made = create(report("0 * * * *").within("100%"));
        ScheduleInstance armed = made.instances().getFirst();
        Instant dueAt = Objects.requireNonNull(armed.nextDueAt());
        assertThat(dueAt).isBetween(at("11:00"), at("11:59").plusSeconds(59));
        harness.clock.set(dueAt.minusMillis(1));
        harness.step();
        assertThat(runs()).isZero();
        harness.clock.set(dueAt);
        harness.step();
        assertThat(triggered()).containsExactly(at("11:00"));
        assertThat(instance().nextDueAt()).isEqualTo(dueAt.plus(Duration.ofHours(1)));
        assertThat(json(run(0)).get("json").get("timestamp").asString()).isEqualTo("2026-08-01T11:00:00.000Z");
    }

    @Test
    void anEnvironmentThatTakesNoTicksGetsTheNextOneAllTheSame() {
        create(report("*/2 * * * *"));
        harness.advance(Duration.ofMinutes(2));
        harness.controlPlane.disconnect(harness.environment);
        harness.advance(Duration.ofMinutes(2));
        assertThat(runs()).isEqualTo(1);
        ScheduleTick idle = ticks().getLast();
        assertThat(idle.outcome()).isEqualTo(ScheduleTick.Outcome.INACTIVE);
        assertThat(idle.reason()).isEqualTo("Nobody is connected to this development environment.");
        assertThat(instance().nextNominalAt()).isEqualTo(at("10:06"));
        assertThat(instance().lastNominalAt()).as("carried on").isEqualTo(at("10:02"));
        harness.controlPlane.remove(harness.environment);
        harness.advance(Duration.ofMinutes(2));
        assertThat(ticks().getLast().reason()).isEqualTo("The environment does not exist any more or was archived.");
        assertThat(instance().nextNominalAt()).isEqualTo(at("10:08"));
    }

    @Test
    void aRunThatTheDatabaseRefusesDoesNotEndTheSchedule() {
        create(report("*/2 * * * *"));
        harness.sql()
                .sql("alter table run_state add constraint full_queue check (task_id <> 'report')")
                .update();
        harness.advance(Duration.ofMinutes(2));
        assertThat(ticks()).extracting(ScheduleTick::outcome).containsExactly(ScheduleTick.Outcome.REFUSED);
        assertThat(instance().nextNominalAt()).isEqualTo(at("10:04"));
        assertThat(instance().lastNominalAt()).isNull();
        harness.sql().sql("alter table run_state drop constraint full_queue").update();
        harness.advance(Duration.ofMinutes(2));
        assertThat(triggered()).containsExactly(at("10:04"));
    }

    @Test
    void anInstanceThatFailsLetsTheOthersHappen() {
        create(report("*/2 * * * *"));
        create(report("*/2 * * * *").withKey("other"));
        UUID broken = instance().id();
        harness.sql()
                .sql("update schedule set time_zone = 'Mars/Sea' where deduplication_key = 'key'")
                .update();
        harness.advance(Duration.ofMinutes(2));
        assertThat(runs()).isEqualTo(1);
        harness.sql()
                .sql("update schedule set time_zone = 'UTC' where deduplication_key = 'key'")
                .update();
        harness.advance(Duration.ofSeconds(5));
        assertThat(runs()).isEqualTo(2);
        assertThat(instance().id()).isEqualTo(broken);
        assertThat(instance().nextNominalAt()).isEqualTo(at("10:04"));
    }

    @Test
    void anotherEngineAtTheSameTickChangesNothing() {
        create(report("*/2 * * * *"));
        AtomicBoolean isInside = new AtomicBoolean();
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.SCHEDULE_TICK_DECIDED && isInside.compareAndSet(false, true)) {
                harness.step();
            }
        });
        harness.advance(Duration.ofMinutes(2));
        assertThat(isInside).isTrue();
        assertThat(triggered()).containsExactly(at("10:02"));
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void manyEnginesAtOnceTriggerEachTickOnce() throws Exception {
        create(report("* * * * *").catchingUp(new CatchUp(CatchUp.Policy.ALL, 50)));
        try (ExecutorService engines = Executors.newFixedThreadPool(4)) {
            for (int minute = 0; minute < 20; minute++) {
                harness.clock.advance(Duration.ofMinutes(1));
                List<Future<?>> steps = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    steps.add(
                            engines.submit(() -> harness.part(TimerWheel.class).fireDue()));
                }
                for (Future<?> step : steps) {
                    step.get();
                }
            }
        }
        assertThat(triggered()).hasSize(20).doesNotHaveDuplicates();
        assertThat(runs()).isEqualTo(20);
    }

    @Test
    void aChangeAtTheTickLosesAndDoublesNothing() {
        create(report("*/2 * * * *"));
        harness.clock.advance(Duration.ofMinutes(2));
        create(report("*/2 * * * *").in("Asia/Tokyo"));
        assertThat(triggered()).as("the old rule's tick").containsExactly(at("10:02"));
        harness.step();
        assertThat(triggered()).containsExactly(at("10:02"));
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.SCHEDULE_TICK_DECIDED) {
                harness.atSyncPoints(_ -> {});
                create(report("*/3 * * * *"));
            }
        });
        harness.advance(Duration.ofMinutes(2));
        assertThat(triggered()).containsExactly(at("10:02"), at("10:04"));
        assertThat(instance().nextNominalAt()).isEqualTo(at("10:06"));
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackRepeatsNoTick() {
        create(report("*/2 * * * *"));
        harness.advance(Duration.ofMinutes(2));
        harness.clock.set(at("09:30"));
        harness.step();
        create(report("*/1 * * * *"));
        assertThat(instance().nextNominalAt()).isEqualTo(at("10:03"));
        harness.clock.set(at("10:02"));
        harness.step();
        assertThat(triggered()).containsExactly(at("10:02"));
    }

    @Test
    void aDeletedScheduleHappensNoMore() {
        create(report("*/2 * * * *"));
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.SCHEDULE_TICK_DECIDED) {
                harness.atSyncPoints(_ -> {});
                harness.engine.schedules().delete(scope, "key");
            }
        });
        harness.advance(Duration.ofMinutes(2));
        harness.advance(Duration.ofMinutes(2));
        assertThat(runs()).isZero();
        assertThat(harness.sql()
                        .sql("select count(*) from timer")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void forgetsDecisionsAfterAWhile() {
        create(report("0 10 1 * *"));
        harness.advance(Duration.ofDays(31));
        assertThat(ticks()).hasSize(1);
        harness.advance(Duration.ofDays(30).plusSeconds(1));
        assertThat(ticks()).hasSize(1);
        assertThat(ticks().getFirst().nominalAt()).isEqualTo("2026-10-01T10:00:00Z");
    }
}
