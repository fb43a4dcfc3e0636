package dev.runyard.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The database's clock, carried on between two looks at it by counting this machine's nanoseconds.
///
/// All webapps of one database share its time, and the wall clocks of their machines may be wrong or be set
/// without harm. Time never goes back: where the database's clock was set back, it stands still here until
/// the other has caught up, and where that would take longer than [#LONGEST_STANDSTILL], it is followed.
/// Without an answer it runs on for [#LONGEST_ALONE] and then stands still, so that a wrong counter cannot
/// carry it far.
///
/// Thread-safe.
public final class DatabaseClock implements InstantSource {
    /// How far time runs on without the database.
    public static final Duration LONGEST_ALONE = Duration.ofMinutes(1);
    /// The largest step back that is hidden.
    public static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    /// An answer that took longer says too little.
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(1);

    private static final Duration WORTH_A_WARNING = Duration.ofSeconds(2);

    private final Supplier<Instant> database;
    private final LongSupplier nanos;
    private final InstantSource local;
    private final AtomicReference<Look> last;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);
    private volatile Duration skew = Duration.ZERO;
    private volatile Runnable onJump = () -> {};

    /// A look at the database's clock.
    ///
    /// @param time what it said
    /// @param nanos this machine's counter then
    private record Look(Instant time, long nanos) {}

    /// @param dataSource the database
    /// @param local this machine's clock, which is only compared
    /// @throws DataAccessException where the database does not answer
    public static DatabaseClock of(DataSource dataSource, InstantSource local) {
        return new DatabaseClock(new DatabaseTimeRepository(dataSource)::now, System::nanoTime, local);
    }

    DatabaseClock(Supplier<Instant> database, LongSupplier nanos, InstantSource local) {
        this.database = database;
        this.nanos = nanos;
        this.local = local;
        this.last = new AtomicReference<>(new Look(database.get(), nanos.getAsLong()));
    }

    @Override
    public Instant instant() {
        Look look = last.get();
        Duration passed = Duration.ofNanos(nanos.getAsLong() - look.nanos());
        Instant now = look.time().plus(passed.compareTo(LONGEST_ALONE) > 0 ? LONGEST_ALONE : passed);
        return latest.accumulateAndGet(now, DatabaseClock::withoutSmallStepsBack);
    }

    private static Instant withoutSmallStepsBack(Instant before, Instant now) {
        boolean isSmallStepBack = now.isBefore(before)
                && !before.equals(Instant.MIN)
                && Duration.between(now, before).compareTo(LONGEST_STANDSTILL) <= 0;
        return isSmallStepBack ? before : now;
    }

    /// Sets what to call where the database's clock and this machine's count of time went apart.
    public void onJump(Runnable action) {
        this.onJump = action;
    }

    /// Looks at the database's clock if the last look is old enough. A background service calls it.
    public void look() {
        long start = nanos.getAsLong();
        if (start - last.get().nanos() < LOOK_EVERY.toNanos()) {
            return;
        }
        Instant told = database.get();
        long end = nanos.getAsLong();
        if (end - start <= SLOW_ANSWER.toNanos()) {
            Look before = last.getAndSet(new Look(told.plusNanos((end - start) / 2), end));
            compare(told);
            Duration expected = Duration.between(before.time(), told);
            if (expected.minusNanos(end - before.nanos()).abs().compareTo(WORTH_A_WARNING) > 0) {
                LOG.warn("The clock of the database, or this machine's count of time, jumped");
                onJump.run();
            }
        }
    }

    private void compare(Instant told) {
        Duration before = skew;
        skew = Duration.between(told, local.instant());
        boolean wasFine = before.abs().compareTo(WORTH_A_WARNING) <= 0;
        if (wasFine && skew.abs().compareTo(WORTH_A_WARNING) > 0) {
            LOG.warn(
                    "The clock of this machine is {} ms ahead of the database's, which is the one that counts",
                    skew.toMillis());
        }
    }

    /// Returns how much this machine's clock is ahead of the database's, negative where it is behind.
    public Duration skew() {
        return skew;
    }
}
