package dev.runyard.engine.recovery;

import dev.runyard.engine.trigger.TriggerRepository;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Makes partitions before they are needed and removes keys that expired.
public final class KeepTables {
    private static final int MONTHS_AHEAD = 3;

    private final JdbcClient jdbc;
    private final TriggerRepository triggers;
    private final InstantSource clock;

    public KeepTables(JdbcClient jdbc, TriggerRepository triggers, InstantSource clock) {
        this.jdbc = jdbc;
        this.triggers = triggers;
        this.clock = clock;
    }

    public void keep() {
        LocalDate month = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        jdbc.sql("select ensure_run_partitions(?, ?)")
                .param(month)
                .param(MONTHS_AHEAD)
                .query((_, _) -> 1)
                .single();
        triggers.removeExpired(clock.instant());
    }
}
