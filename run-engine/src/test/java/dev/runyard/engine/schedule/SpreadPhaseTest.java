package dev.runyard.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runyard.engine.Shows;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpreadPhaseTest {
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId(new UUID(0, 1));
    private static final SpreadPhase HALF = new SpreadPhase(1 << 30);
    private static final SpreadPhase LAST = new SpreadPhase(Integer.MAX_VALUE);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static Duration delay(SpreadPhase phase, Duration interval, @Nullable String window) {
        return phase.delay(interval, window == null ? null : ScheduleWindow.parse(window));
    }

    /// The expected values were computed with Python's hmac.
    @Test
    @Shows({"SCT-18", "SCT-19"})
    void isTheFirst31BitsOfAnHmac() {
        assertThat(SpreadPhase.of("secret", ENVIRONMENT, "daily").value()).isEqualTo(2_092_782_583);
        assertThat(SpreadPhase.of("secret", ENVIRONMENT, "say \"é\"").value()).isEqualTo(855_551_937);
        assertThat(SpreadPhase.of("secret", ENVIRONMENT, "daily"))
                .isEqualTo(SpreadPhase.of("secret", ENVIRONMENT, "daily"));
    }

    @Test
    @Shows({"SCT-20", "SCT-21", "SCT-22"})
    void differsByEnvironmentKeyAndSecret() {
        Set<Integer> values = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            values.add(SpreadPhase.of("secret", ENVIRONMENT, "key " + i).value());
            values.add(SpreadPhase.of("secret", new EnvironmentId(new UUID(1, i)), "key")
                    .value());
            values.add(SpreadPhase.of("secret " + i, ENVIRONMENT, "key").value());
        }
        assertThat(values).hasSize(1_500).allMatch(value -> value >= 0);
    }

    @Test
    @Shows("SCT-23")
    void needsASecret() {
        assertThatIllegalArgumentException().isThrownBy(() -> SpreadPhase.of("", ENVIRONMENT, "daily"));
    }

    @Test
    @Shows({"SCT-7", "SCT-9", "SCT-10", "SCT-11", "SCT-15"})
    void movesWithinTheWindowButAtLeastAMinute() {
        assertThat(delay(HALF, FIVE_MINUTES, null)).isEqualTo(Duration.ofSeconds(30));
        assertThat(delay(HALF, FIVE_MINUTES, "10%")).isEqualTo(Duration.ofSeconds(30));
        assertThat(delay(HALF, FIVE_MINUTES, "30%")).isEqualTo(Duration.ofSeconds(45));
        assertThat(delay(HALF, FIVE_MINUTES, "2h")).isEqualTo(Duration.ofSeconds(150));
        assertThat(delay(HALF, Duration.ofHours(8), "2h")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    @Shows("SCT-12")
    void staysBeforeTheNextTick() {
        for (Duration interval : new Duration[] {Duration.ofMinutes(1), FIVE_MINUTES, Duration.ofDays(366)}) {
            assertThat(delay(LAST, interval, "100%")).isLessThan(interval);
            assertThat(delay(LAST, interval, "24h")).isLessThan(interval);
        }
    }

    @Test
    @Shows("SCT-13")
    void keepsTheDistanceBetweenTicks() {
        ScheduleTiming timing = new ScheduleTiming(
                CronSchedule.of("*/5 * * * *", "UTC"), ScheduleWindow.parse("50%"), new SpreadPhase(123_456_789), true);
        ScheduleTiming.Tick first = timing.after(Instant.parse("2026-08-01T10:00:00Z"));
        ScheduleTiming.Tick second = timing.after(first.nominalAt());
        assertThat(Duration.between(first.dueAt(), second.dueAt())).isEqualTo(FIVE_MINUTES);
        assertThat(first.dueAt()).isAfter(first.nominalAt());
    }

    @Test
    @Shows("SCT-14")
    void mayMoveATickIntoTheNextDay() {
        ScheduleTiming timing =
                new ScheduleTiming(CronSchedule.of("30 23 * * *", "UTC"), ScheduleWindow.parse("2h"), HALF, true);
        ScheduleTiming.Tick tick = timing.after(Instant.parse("2026-08-01T10:00:00Z"));
        assertThat(tick.nominalAt()).isEqualTo("2026-08-01T23:30:00Z");
        assertThat(LocalDate.ofInstant(tick.dueAt(), ZoneOffset.UTC)).isEqualTo("2026-08-02");
    }

    @Test
    @Shows({"SCT-16", "SCT-17"})
    void refusesWhatNoScheduleHas() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SpreadPhase(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> delay(HALF, Duration.ZERO, null));
        assertThatIllegalArgumentException().isThrownBy(() -> delay(HALF, Duration.ofSeconds(-1), null));
    }
}
