package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.scheduledTask;
import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.schedule.CatchUp;
import dev.runyard.engine.schedule.RecoverOutcome;
import dev.runyard.engine.schedule.Schedule;
import dev.runyard.engine.schedule.ScheduleConfig;
import dev.runyard.engine.schedule.ScheduleDeclaration;
import dev.runyard.engine.schedule.ScheduleDraft;
import dev.runyard.engine.schedule.ScheduleFilter;
import dev.runyard.engine.schedule.ScheduleInstance;
import dev.runyard.engine.schedule.ScheduleOutcome;
import dev.runyard.engine.schedule.SchedulePage;
import dev.runyard.engine.schedule.ScheduleView;
import dev.runyard.engine.schedule.Schedules;
import dev.runyard.engine.schedule.SyncOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Schedules as their owners see them.
class SchedulesTest {
    private static final int LIMIT = 3;

    private final UUID scope = UUID.randomUUID();
    private EngineHarness harness;
    private Schedules schedules;

    @BeforeEach
    void start() {
        harness = EngineHarness.configured(
                TestRedis.shared().uri(),
                config -> Components.replace(
                        config, "schedules", Components.replace(ScheduleConfig.DEFAULT, "maxPerScope", LIMIT)));
        harness.controlPlane.deploy(harness.environment, scheduledTask("report"), scheduledTask("mail"), task("work"));
        schedules = harness.engine.schedules();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private ScheduleDraft report(String cron) {
        return ScheduleDraft.of(harness.environment, "report", cron);
    }

    private ScheduleView create(ScheduleDraft draft) {
        return ((ScheduleOutcome.Saved) schedules.create(scope, draft)).view();
    }

    private static String refusal(ScheduleOutcome outcome) {
        return ((ScheduleOutcome.Refused) outcome).sentence();
    }

    private int timers() {
        return harness.sql()
                .sql("select count(*) from timer where kind = 'SCHEDULE'")
                .query(Integer.class)
                .single();
    }

    @Test
    void keepsWhatItsAuthorSaid() {
        ScheduleView made = create(report("0 9 * * MON-FRI")
                .withKey("user-42")
                .withExternalId("42")
                .in("Europe/London")
                .within("30m")
                .catchingUp(new CatchUp(CatchUp.Policy.ALL, 7)));
        ScheduleView found =
                schedules.find(scope, made.schedule().id().toString()).orElseThrow();
        assertThat(found).isEqualTo(made);
        assertThat(schedules.find(scope, "user-42")).contains(made);
        Schedule schedule = found.schedule();
        assertThat(schedule.id().toString()).startsWith("sched_");
        assertThat(schedule.type()).isEqualTo(Schedule.Type.IMPERATIVE);
        assertThat(schedule.cron()).isEqualTo("0 9 * * MON-FRI");
        assertThat(schedule.externalId()).isEqualTo("42");
        assertThat(schedule.timeZone()).isEqualTo("Europe/London");
        assertThat(schedule.window()).hasToString("30m");
        assertThat(schedule.catchUp()).isEqualTo(new CatchUp(CatchUp.Policy.ALL, 7));
        assertThat(schedule.isActive()).isTrue();
        ScheduleInstance next = found.next().orElseThrow();
        assertThat(next.nextNominalAt()).isEqualTo("2026-08-03T08:00:00Z");
        assertThat(next.nextDueAt()).isBetween("2026-08-03T08:00:00Z", "2026-08-03T08:30:00Z");
        assertThat(schedules.find(UUID.randomUUID(), "user-42")).isEmpty();
        assertThat(schedules.find(scope, "sched_nonsense")).isEmpty();
    }

    @Test
    @Shows("WX-19")
    void oneDeduplicationKeyIsOneSchedule() {
        ScheduleView first = create(report("0 9 * * *").withKey("key"));
        ScheduleView second = create(
                ScheduleDraft.of(harness.environment, "mail", "0 10 * * *").withKey("key"));
        assertThat(second.schedule().id()).isEqualTo(first.schedule().id());
        assertThat(second.schedule().taskId()).isEqualTo("mail");
        assertThat(second.instances().getFirst().id())
                .isEqualTo(first.instances().getFirst().id());
        assertThat(second.next().orElseThrow().nextNominalAt()).isEqualTo("2026-08-02T10:00:00Z");
        assertThat(timers()).isEqualTo(1);
        assertThat(create(report("0 9 * * *")).schedule().isKeyGiven()).isFalse();
        assertThat(timers()).isEqualTo(2);
    }

    @Test
    @Shows("WX-20")
    void onlyScheduledTasksCanBeScheduled() {
        assertThat(refusal(schedules.create(scope, ScheduleDraft.of(harness.environment, "work", "0 9 * * *"))))
                .isEqualTo("Task with identifier work is not a scheduled task.");
        assertThat(refusal(schedules.create(scope, ScheduleDraft.of(harness.environment, "other", "0 9 * * *"))))
                .isEqualTo("Task with identifier other not found in project.");
        assertThat(refusal(schedules.create(scope, report("0 9 * * *").inEnvironments(Set.of()))))
                .isEqualTo("A schedule needs at least one environment.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 9 * * * | UTC      | 1m  | Invalid cron expression: CRON expressions with seconds are not allowed
            0 25 * * *  | UTC      | 1m  | Invalid cron expression: the hour field "25" is out of range
            0 9 * * *   | Mars/Sea | 1m  | Invalid IANA timezone: 'Mars/Sea'.
            0 9 * * *   | +02:00   | 1m  | Invalid IANA timezone: '+02:00'.
            0 9 * * *   | UTC      | 25h | Invalid window: '25h' is more than 24h or 100%.
            """)
    void saysWhatIsWrong(String cron, String zone, String window, String sentence) {
        ScheduleOutcome outcome = schedules.create(scope, report(cron).in(zone).within(window));
        assertThat(refusal(outcome)).startsWith(sentence);
        assertThat(timers()).isZero();
    }

    @Test
    void refusesToMakeUpForMoreThanTheServerAllows() {
        int limit = ScheduleConfig.DEFAULT.maxCatchUpLimit();
        ScheduleDraft draft = report("0 9 * * *");
        assertThat(refusal(schedules.create(scope, draft.catchingUp(new CatchUp(CatchUp.Policy.ALL, limit + 1)))))
                .isEqualTo("A schedule makes up for at most 10000 missed ticks, and not for 10001.");
        create(draft.catchingUp(new CatchUp(CatchUp.Policy.ALL, limit)));
    }

    @Test
    void countsActiveSchedulesOfAnOwner() {
        for (int i = 0; i < LIMIT; i++) {
            create(report("0 9 * * *").withKey("key " + i));
        }
        assertThat(refusal(schedules.create(scope, report("0 9 * * *"))))
                .isEqualTo("You have reached the limit of 3 active schedules. Delete or deactivate some, or raise the"
                        + " limit of this server.");
        create(report("0 10 * * *").withKey("key 0"));
        assertThat(schedules.create(UUID.randomUUID(), report("0 9 * * *"))).isInstanceOf(ScheduleOutcome.Saved.class);
        schedules.deactivate(scope, "key 1");
        create(report("0 9 * * *").withKey("another"));
        assertThat(schedules.activate(scope, "key 1")).isInstanceOf(ScheduleOutcome.Refused.class);
        schedules.delete(scope, "another");
        assertThat(schedules.activate(scope, "key 1")).isInstanceOf(ScheduleOutcome.Saved.class);
    }

    @Test
    void changesAScheduleAndComputesItsTicksAnew() {
        ScheduleView made = create(report("0 9 * * *").withKey("key"));
        ScheduleOutcome outcome =
                schedules.update(scope, "key", report("30 11 * * *").in("Asia/Tokyo"));
        ScheduleView changed = ((ScheduleOutcome.Saved) outcome).view();
        assertThat(changed.schedule().id()).isEqualTo(made.schedule().id());
        assertThat(changed.schedule().deduplicationKey()).isEqualTo("key");
        assertThat(changed.next().orElseThrow().nextNominalAt()).isEqualTo("2026-08-02T02:30:00Z");
        assertThat(schedules.update(scope, "unknown", report("0 9 * * *")))
                .isInstanceOf(ScheduleOutcome.NotFound.class);
    }

    @Test
    @Shows("SCH-3")
    void leavesTicksAloneWhereNothingChanges() {
        ScheduleDraft draft = report("0 9 * * *").withKey("key").within("1h");
        ScheduleView made = create(draft);
        harness.clock.advance(Duration.ofMinutes(5));
        assertThat(create(draft)).isEqualTo(made);
        ScheduleView renamed = create(draft.withExternalId("42"));
        ScheduleInstance before = made.next().orElseThrow();
        ScheduleInstance after = renamed.next().orElseThrow();
        assertThat(after.phase()).isEqualTo(before.phase());
        assertThat(after.nextDueAt()).isEqualTo(before.nextDueAt());
        ScheduleInstance moved = create(draft.within("2h")).next().orElseThrow();
        assertThat(moved.phase()).isEqualTo(before.phase());
        assertThat(moved.nextDueAt()).isNotEqualTo(before.nextDueAt());
        Instant timer = harness.sql()
                .sql("select due_at from timer where kind = 'SCHEDULE'")
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
        assertThat(timer).isEqualTo(moved.nextDueAt());
    }

    @Test
    @Shows("SCH-4")
    void spreadsOnlySchedulesBelowTheFraction() {
        try (EngineHarness half = EngineHarness.configured(
                TestRedis.shared().uri(),
                config -> Components.replace(
                        config, "schedules", Components.replace(ScheduleConfig.DEFAULT, "spreadFraction", 0.5)))) {
            half.controlPlane.deploy(half.environment, scheduledTask("report"));
            for (int i = 0; i < 40; i++) {
                half.engine.schedules().create(scope, ScheduleDraft.of(half.environment, "report", "0 9 * * *"));
            }
            List<ScheduleInstance> instances =
                    half
                            .engine
                            .schedules()
                            .list(scope, ScheduleFilter.of(half.environment, 1, 100))
                            .schedules()
                            .stream()
                            .map(view -> view.instances().getFirst())
                            .toList();
            assertThat(instances).allMatch(instance -> instance.phase() > 0);
            assertThat(instances).allMatch(instance -> isSpread(instance) == (instance.phase() < 1 << 30));
            assertThat(instances).anyMatch(SchedulesTest::isSpread);
            assertThat(instances).anyMatch(instance -> !isSpread(instance));
        }
    }

    private static boolean isSpread(ScheduleInstance instance) {
        return !Objects.equals(instance.nextDueAt(), instance.nextNominalAt());
    }

    @Test
    void switchesAndDeletes() {
        String id = create(report("0 9 * * *").withKey("key")).schedule().id().toString();
        ScheduleView off = ((ScheduleOutcome.Saved) schedules.deactivate(scope, id)).view();
        assertThat(off.schedule().isActive()).isFalse();
        assertThat(off.next()).isEmpty();
        assertThat(timers()).isZero();
        harness.clock.advance(Duration.ofDays(3));
        ScheduleView on = ((ScheduleOutcome.Saved) schedules.activate(scope, "key")).view();
        assertThat(on.next().orElseThrow().nextNominalAt()).isEqualTo("2026-08-05T09:00:00Z");
        assertThat(schedules.delete(scope, id)).contains(on.schedule().id());
        assertThat(schedules.delete(scope, id)).isEmpty();
        assertThat(schedules.find(scope, id)).isEmpty();
        assertThat(schedules.activate(scope, id)).isInstanceOf(ScheduleOutcome.NotFound.class);
        assertThat(timers()).isZero();
    }

    @Test
    void hasAnInstanceForEachEnvironment() {
        EnvironmentId staging = harness.controlPlane.addEnvironment("STAGING", 10);
        harness.controlPlane.deploy(staging, scheduledTask("report"));
        ScheduleDraft draft = report("0 9 * * *").withKey("key");
        ScheduleView both = create(draft.inEnvironments(Set.of(harness.environment, staging)));
        assertThat(both.instances()).hasSize(2);
        ScheduleView one = create(draft.inEnvironments(Set.of(staging)));
        assertThat(one.instances()).extracting(ScheduleInstance::environmentId).containsExactly(staging);
        assertThat(timers()).isEqualTo(1);
        schedules.removeEnvironment(staging);
        assertThat(timers()).isZero();
        assertThat(schedules.find(scope, "key")).as("it would trigger nowhere").isEmpty();
    }

    @Test
    void listsPageByPage() {
        for (String key : List.of("a", "b", "c")) {
            create(report("0 9 * * *").withKey(key));
            harness.clock.advance(Duration.ofSeconds(1));
        }
        SchedulePage first = schedules.list(scope, ScheduleFilter.of(harness.environment, 1, 2));
        SchedulePage second = schedules.list(scope, ScheduleFilter.of(harness.environment, 2, 2));
        assertThat(first.count()).isEqualTo(3);
        assertThat(first.schedules())
                .extracting(view -> view.schedule().deduplicationKey())
                .containsExactly("a", "b");
        assertThat(second.schedules())
                .extracting(view -> view.schedule().deduplicationKey())
                .containsExactly("c");
        assertThat(second.schedules().getFirst().instances()).hasSize(1);
        assertThat(schedules
                        .list(scope, new ScheduleFilter(null, "mail", Schedule.Type.IMPERATIVE, 1, 20))
                        .count())
                .isZero();
    }

    private static ScheduleDeclaration declared(String task, String cron, String... types) {
        return new ScheduleDeclaration(task, cron, null, null, Set.of(types));
    }

    @Test
    void makesTheDeclaredSchedulesThoseOfTheVersion() {
        EnvironmentId environment = harness.environment;
        assertThat(schedules.sync(
                        scope,
                        environment,
                        List.of(
                                declared("report", "0 9 * * *"),
                                declared("mail", "0 * * * *", "PRODUCTION"),
                                declared("dev-only", "0 * * * *", "DEVELOPMENT"))))
                .isEqualTo(new SyncOutcome.Synced(2, 0, 0, 0));
        create(report("0 12 * * *").withKey("by hand"));
        assertThat(schedules.sync(scope, environment, List.of(declared("report", "0 10 * * *"))))
                .isEqualTo(new SyncOutcome.Synced(0, 1, 1, 0));
        assertThat(schedules.sync(scope, environment, List.of(declared("report", "0 10 * * *"))))
                .isEqualTo(new SyncOutcome.Synced(0, 0, 0, 1));
        assertThat(schedules.list(scope, ScheduleFilter.of(environment, 1, 20)).schedules())
                .extracting(view -> view.schedule().cron())
                .containsExactly("0 10 * * *", "0 12 * * *");
        assertThat(schedules.sync(scope, environment, List.of(declared("report", "0 9 * *"))))
                .asInstanceOf(InstanceOfAssertFactories.type(SyncOutcome.Refused.class))
                .extracting(SyncOutcome.Refused::sentence)
                .asString()
                .startsWith("Task report: Invalid cron expression: a cron expression has five fields");
        assertThat(schedules.sync(scope, environment, List.of())).isEqualTo(new SyncOutcome.Synced(0, 0, 1, 0));
        assertThat(timers()).isEqualTo(1);
    }

    @Test
    void declaringMoreThanTheLimitChangesNothing() {
        EnvironmentId environment = harness.environment;
        schedules.sync(scope, environment, List.of(declared("report", "0 9 * * *")));
        List<ScheduleDeclaration> many = List.of(
                declared("a", "0 9 * * *"),
                declared("b", "0 9 * * *"),
                declared("c", "0 9 * * *"),
                declared("d", "0 9 * * *"));
        assertThat(schedules.sync(scope, environment, many)).isInstanceOf(SyncOutcome.Refused.class);
        assertThat(schedules.sync(scope, environment, many.subList(0, LIMIT)))
                .isEqualTo(new SyncOutcome.Synced(LIMIT, 0, 1, 0));
    }

    @Test
    void aVersionInOneEnvironmentLeavesTheOthersAlone() {
        EnvironmentId staging = harness.controlPlane.addEnvironment("STAGING", 10);
        schedules.sync(scope, harness.environment, List.of(declared("report", "0 9 * * *")));
        schedules.sync(scope, staging, List.of(declared("report", "0 10 * * *")));
        schedules.sync(scope, staging, List.of());
        assertThat(schedules
                        .list(scope, ScheduleFilter.of(harness.environment, 1, 20))
                        .schedules())
                .extracting(view -> view.schedule().cron())
                .containsExactly("0 9 * * *");
    }

    @Test
    @Shows("WX-18")
    void declaredSchedulesAreNotEditedByCalls() {
        schedules.sync(scope, harness.environment, List.of(declared("report", "0 9 * * *")));
        Schedule declared = schedules
                .list(scope, ScheduleFilter.of(harness.environment, 1, 20))
                .schedules()
                .getFirst()
                .schedule();
        assertThat(declared.type()).isEqualTo(Schedule.Type.DECLARATIVE);
        assertThat(refusal(schedules.update(scope, declared.id().toString(), report("0 10 * * *"))))
                .isEqualTo("Cannot update a declarative schedule");
        assertThat(refusal(schedules.create(scope, report("0 10 * * *").withKey(declared.deduplicationKey()))))
                .isEqualTo("Cannot update a declarative schedule");
        schedules.deactivate(scope, declared.id().toString());
        schedules.sync(scope, harness.environment, List.of(declared("report", "0 11 * * *")));
        Schedule kept =
                schedules.find(scope, declared.id().toString()).orElseThrow().schedule();
        assertThat(kept.cron()).isEqualTo("0 11 * * *");
        assertThat(kept.isActive()).as("switched off by hand").isFalse();
    }

    @Test
    @Shows({"SCR-1", "SCR-2", "SCR-3", "SCR-4"})
    void restoresTimersThatAreMissing() {
        EnvironmentId empty = harness.controlPlane.addEnvironment("STAGING", 10);
        create(report("0 9 * * *").withKey("a"));
        create(report("0 9 * * *").withKey("b"));
        create(report("0 9 * * *").withKey("c"));
        schedules.deactivate(scope, "c");
        assertThat(schedules.recover(harness.environment)).isEqualTo(new RecoverOutcome(0, 2));
        harness.sql().sql("delete from timer").update();
        assertThat(schedules.recover(empty)).isEqualTo(new RecoverOutcome(0, 0));
        assertThat(schedules.recover(harness.environment)).isEqualTo(new RecoverOutcome(2, 0));
        assertThat(timers()).isEqualTo(2);
        harness.sql().sql("delete from timer").update();
        harness.step();
        assertThat(timers()).as("by itself").isEqualTo(2);
    }
}
