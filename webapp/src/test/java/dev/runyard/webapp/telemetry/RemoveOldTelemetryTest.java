package dev.runyard.webapp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.RunIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

class RemoveOldTelemetryTest extends WebappTest {
    private static final Instant LONG_AGO = Instant.parse("2021-03-10T12:00:00Z");

    @Autowired
    private AppendLogs appendLogs;

    @Autowired
    private TelemetryQueries telemetry;

    @Autowired
    private TelemetryPartitionRepository partitions;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private RunEngine engine;

    @Test
    void dropsAMonthWhenItsTimeIsOverAndNotBefore() {
        partitions.ensure(LocalDate.parse("2021-03-01"), 1);
        RunIdentity run = runOf(LONG_AGO);
        write(run);

        remove(Duration.ofDays(30), Instant.parse("2021-04-30T23:59:59Z"));
        assertThat(telemetry.linesAfter(run.run(), 0, 10)).hasSize(1);
        remove(Duration.ofDays(30), Instant.parse("2021-05-01T00:00:00Z"));

        assertThat(telemetry.linesAfter(run.run(), 0, 10)).isEmpty();
        assertThat(telemetry.newest(run.run()).line()).isZero();
        assertThat(partitions.months()).doesNotContain(YearMonth.of(2021, 3));
    }

    @Test
    void keepsEverythingWhereItIsToldTo() {
        partitions.ensure(LocalDate.parse("2021-07-01"), 1);

        remove(Duration.ZERO, Instant.parse("2099-01-01T00:00:00Z"));

        assertThat(partitions.months()).contains(YearMonth.of(2021, 7));
    }

    @Test
    void leavesRunsThatGoOnTheirTelemetry() {
        RunId live = ((TriggerOutcome.Accepted) engine.trigger(TriggerCommand.of(environmentId("stg"), "telemetry-live")
                        .build()))
                .runId();
        RunIdentity going = new RunIdentity(live, environmentId("stg"));
        RunIdentity gone = runOf(TimeOrderedIds.instantOf(live.value()));
        write(going);
        write(gone);
        YearMonth month = YearMonth.from(TimeOrderedIds.instantOf(live.value()).atZone(ZoneOffset.UTC));

        assertThat(partitions.hasUnended(month)).isTrue();
        partitions.delete(partitions.findEnded(month, 100_000).stream()
                .filter(id -> id.equals(live.value()) || id.equals(gone.run().value()))
                .toList());

        assertThat(telemetry.linesAfter(going.run(), 0, 10)).hasSize(1);
        assertThat(telemetry.linesAfter(gone.run(), 0, 10)).isEmpty();
    }

    private void remove(Duration retention, Instant now) {
        TelemetryProperties properties = new TelemetryProperties(
                DataSize.ofMegabytes(4), 10, DataSize.ofKilobytes(32), 10, 1, retention, Duration.ofSeconds(1));
        new RemoveOldTelemetry(partitions, transactions, properties, InstantSource.fixed(now)).remove();
    }

    private void write(RunIdentity run) {
        appendLogs.append(run, List.of(new LogLine(LONG_AGO, 9, "logger", "line", null, 1, null)));
    }

    private static RunIdentity runOf(Instant created) {
        return new RunIdentity(
                new RunId(new TimeOrderedIds(InstantSource.fixed(created)).next()), environmentId("stg"));
    }
}
