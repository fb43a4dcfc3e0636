package dev.runyard.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.Shows;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickPlanTest {
    private static final Instant NOON = Instant.parse("2026-08-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static ScheduleTiming timing(String cron, SpreadPhase phase, String window) {
        ScheduleWindow parsed = ScheduleWindow.parse(window);
        return new ScheduleTiming(CronSchedule.of(cron, "UTC"), parsed, phase, !parsed.isZero());
    }

    private static ScheduleTiming everyMinute() {
        return timing("* * * * *", new SpreadPhase(0), "0m");
    }

    private static Instant minute(long minute) {
        return NOON.plusSeconds(minute * 60);
    }

    @ParameterizedTest
    @Shows({"SCC-5", "SCC-8"})
    @CsvSource({"0,1", "0,10", "0,1000", "1,1", "1,10", "1,1000", "100,1", "100,10", "100,1000", "1000,1000"})
    void keepsOfTheMissedTicksWhatThePolicyWants(int keep, int missed) {
        ScheduleTiming everyOther = timing("*/2 * * * *", new SpreadPhase(0), "0m");
        Instant last = minute((missed - 1) * 2L);
        TickPlan plan =
                TickPlan.of(everyOther, NOON, keep, GRACE, last.plus(GRACE).plusSeconds(30));
        int kept = Math.min(keep, missed);
        assertThat(plan.fires()).hasSize(Math.min(kept, TickPlan.MAX_FIRES));
        assertThat(plan.fires())
                .isEqualTo(IntStream.range(missed - kept, missed)
                        .limit(TickPlan.MAX_FIRES)
                        .mapToObj(i -> minute(i * 2L))
                        .toList());
        if (kept == missed) {
            assertThat(plan.missed()).isNull();
        } else {
            assertThat(plan.missed()).isEqualTo(new TickPlan.Missed(NOON, minute((missed - kept - 1) * 2L)));
        }
        Instant next =
                kept > TickPlan.MAX_FIRES ? minute((missed - kept + TickPlan.MAX_FIRES) * 2L) : last.plusSeconds(120);
        assertThat(plan.next().nominalAt()).isEqualTo(next);
    }

    @Test
    @Shows("SCC-9")
    void aTickOfThisInstantIsOnTime() {
        TickPlan plan = TickPlan.of(everyMinute(), NOON, 0, GRACE, NOON);
        assertThat(plan.fires()).containsExactly(NOON);
        assertThat(plan.missed()).isNull();
    }

    @Test
    void aTickIsMissedOnceTheGraceIsOver() {
        ScheduleTiming hourly = timing("0 * * * *", new SpreadPhase(0), "0m");
        assertThat(TickPlan.of(hourly, NOON, 0, GRACE, NOON.plus(GRACE).minusMillis(1))
                        .fires())
                .containsExactly(NOON);
        assertThat(TickPlan.of(hourly, NOON, 0, GRACE, NOON.plus(GRACE)).fires())
                .isEmpty();
    }

    @Test
    void allTicksWithinTheGraceHappenWhateverThePolicySays() {
        TickPlan plan = TickPlan.of(
                everyMinute(), NOON, 1, Duration.ofMinutes(5), minute(9).plusSeconds(1));
        assertThat(plan.fires()).containsExactly(minute(5), minute(6), minute(7), minute(8), minute(9));
        assertThat(plan.missed()).isEqualTo(new TickPlan.Missed(NOON, minute(4)));
    }

    @Test
    @Shows("SCC-1")
    void theNextTickFollowsTheNominalOneAndNotTheWallClock() {
        TickPlan plan = TickPlan.of(everyMinute(), NOON, 1, GRACE, NOON.plusSeconds(59));
        assertThat(plan.next().nominalAt()).isEqualTo(minute(1));
    }

    @Test
    @Shows({"SCC-6", "SCC-7"})
    void aTickThatIsMovedIntoTheFutureIsTheNextOne() {
        ScheduleTiming moved = timing("0 * * * *", new SpreadPhase(1 << 30), "60m");
        Instant now = NOON.plus(Duration.ofHours(3)).plus(Duration.ofMinutes(10));
        TickPlan plan = TickPlan.of(moved, NOON, 1, GRACE, now);
        assertThat(plan.fires()).containsExactly(NOON.plus(Duration.ofHours(2)));
        assertThat(plan.next().nominalAt()).isEqualTo(NOON.plus(Duration.ofHours(3)));
        assertThat(plan.next().dueAt()).isEqualTo(NOON.plus(Duration.ofMinutes(210)));
    }

    @Test
    void happensWhenItWasAnnouncedThoughTheRulesOfTheZoneChanged() {
        ScheduleTiming hourly = timing("0 * * * *", new SpreadPhase(0), "0m");
        Instant announced = NOON.plusSeconds(1_800);
        TickPlan plan = TickPlan.of(hourly, announced, 1, GRACE, announced.plusSeconds(1));
        assertThat(plan.fires()).containsExactly(announced);
        assertThat(plan.next().nominalAt()).isEqualTo(NOON.plusSeconds(3_600));
    }
}
