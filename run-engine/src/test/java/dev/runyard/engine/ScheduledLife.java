package dev.runyard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.schedule.CatchUp;
import dev.runyard.engine.schedule.ScheduleDraft;
import dev.runyard.engine.schedule.ScheduleOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// What the crash test does with a schedule: four ticks, each of which must have one run in the end.
final class ScheduledLife {
    private static final UUID SCOPE = new UUID(0, 1);
    private static final String KEY = "four times";
    private static final String CRON = "1-4 10 * * *";
    private static final int TICKS = 4;

    private ScheduledLife() {}

    /// Before the first crash.
    static void begin(EngineHarness harness, String task) {
        ScheduleDraft draft = ScheduleDraft.of(harness.environment, task, CRON)
                .withKey(KEY)
                .catchingUp(new CatchUp(CatchUp.Policy.ALL, TICKS));
        assertThat(harness.engine.schedules().create(SCOPE, draft)).isInstanceOf(ScheduleOutcome.Saved.class);
    }

    /// A crash may happen anywhere in here.
    static void live(EngineHarness harness) {
        Instant end = Instant.parse("2026-08-01T10:04:30Z");
        while (harness.clock.instant().isBefore(end)) {
            harness.advance(Duration.ofMinutes(1));
        }
    }

    static void end(EngineHarness harness) {
        assertThat(harness.sql()
                        .sql("select to_char(nominal_at at time zone 'UTC', 'HH24:MI') from schedule_tick order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("10:01", "10:02", "10:03", "10:04");
        assertThat(harness.sql().sql("""
                        select count(*) from run r
                        where source = 'schedule' and exists (select from schedule_tick t where t.run_id = r.id)
                        """).query(Integer.class).single()).isEqualTo(TICKS);
        assertThat(harness.sql()
                        .sql("select count(*) from run where source = 'schedule'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(TICKS);
        harness.engine.schedules().delete(SCOPE, KEY);
    }
}
