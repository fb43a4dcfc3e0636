package dev.runyard.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant START = Instant.parse("2026-08-01T10:00:00Z");

    private final SettableClock database = new SettableClock(START);
    private final SettableClock machine = new SettableClock(START);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger jumps = new AtomicInteger();
    private final DatabaseClock clock = clock();

    private DatabaseClock clock() {
        DatabaseClock made = new DatabaseClock(database::instant, nanos::get, machine);
        made.onJump(jumps::incrementAndGet);
        return made;
    }

    @Test
    void tellsTheTimeOfTheDatabase() {
        try (TestDatabase real = TestPostgres.create()) {
            DatabaseClock realClock = DatabaseClock.of(real.dataSource(), InstantSource.system());
            realClock.look();
            assertThat(Duration.between(realClock.instant(), Instant.now()).abs())
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void isNotMovedByTheClockOfItsMachine() {
        machine.advance(Duration.ofHours(1));
        pass(Duration.ofSeconds(7));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(7));
        assertThat(clock.skew()).isEqualTo(Duration.ofHours(1));
        machine.advance(Duration.ofHours(-2));
        pass(Duration.ofSeconds(7));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(14));
        assertThat(clock.skew()).isEqualTo(Duration.ofHours(-1));
        assertThat(jumps).hasValue(0);
    }

    @Test
    void runsOnBetweenTwoLooks() {
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void standsStillWhereTheDatabaseWasSetBackALittle() {
        pass(Duration.ofSeconds(10));
        database.advance(Duration.ofSeconds(-5));
        pass(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
        pass(Duration.ofSeconds(6));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(16));
    }

    @Test
    void followsADatabaseThatWasSetBackFarAndSaysSo() {
        pass(Duration.ofSeconds(10));
        database.advance(Duration.ofHours(-1));
        pass(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(START.minus(Duration.ofHours(1)).plusSeconds(15));
        assertThat(jumps).hasValue(1);
    }

    @Test
    void saysThatTheDatabaseWasSetForward() {
        database.advance(Duration.ofHours(1));
        pass(Duration.ofSeconds(6));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(1)).plusSeconds(6));
        assertThat(jumps).hasValue(1);
    }

    @Test
    void doesNotRunFarWithoutTheDatabase() {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(clock.instant()).isEqualTo(START.plus(DatabaseClock.LONGEST_ALONE));
    }

    /// Lets time pass everywhere, then looks at the database.
    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        database.advance(duration);
        machine.advance(duration);
        clock.look();
    }
}
