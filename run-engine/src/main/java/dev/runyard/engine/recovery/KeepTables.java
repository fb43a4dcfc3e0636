package dev.runyard.engine.recovery;

import dev.runyard.engine.debounce.DebounceRepository;
import dev.runyard.engine.trigger.TriggerRepository;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Makes partitions before they are needed and removes keys that lead nowhere any more.
public final class KeepTables {
    private static final Logger LOG = LoggerFactory.getLogger(KeepTables.class);
    private static final int MONTHS_AHEAD = 3;
    private static final int KEYS_AT_ONCE = 5_000;

    /// The lock lasts until the statement ends: of servers that start at once, one makes the partitions.
    private static final String ENSURE_PARTITIONS = """
            with alone as materialized (select pg_advisory_xact_lock(7091380342618546) is null as locked)
            select ensure_run_partitions(?, ?) from alone where locked is not null
            """;

    /// PostgreSQL sums up the first, empty pages of a new index; each insert there would be logged once more.
    private static final String LEAVE_EMPTY_RANGES_OPEN = """
            select brin_desummarize_range(i.inhrelid::regclass, 0)
            from pg_inherits i join pg_index x on x.indexrelid = i.inhrelid
            where i.inhparent = 'run_transition_tx_idx'::regclass and pg_relation_size(x.indrelid) = 0
            """;

    private final JdbcClient jdbc;
    private final TriggerRepository triggers;
    private final DebounceRepository debounces;
    private final InstantSource clock;

    public KeepTables(JdbcClient jdbc, TriggerRepository triggers, DebounceRepository debounces, InstantSource clock) {
        this.jdbc = jdbc;
        this.triggers = triggers;
        this.debounces = debounces;
        this.clock = clock;
    }

    public void keep() {
        LocalDate month = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        jdbc.sql(ENSURE_PARTITIONS)
                .param(month)
                .param(MONTHS_AHEAD)
                .query((_, _) -> 1)
                .single();
        jdbc.sql(LEAVE_EMPTY_RANGES_OPEN).query((_, _) -> 1).list();
        while (triggers.removeExpired(clock.instant(), KEYS_AT_ONCE) == KEYS_AT_ONCE) {
            LOG.debug("more idempotency keys expired");
        }
        debounces.removeSettled();
    }
}
