package dev.runyard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.testkit.redis.TestRedis;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the state of the server does to its speed: a held transaction, many stored runs, nothing to do at all. For
/// docs/internals/figures.md; not part of the tests, run it by its name.
class StandingBench {
    private static final Logger LOG = LoggerFactory.getLogger(StandingBench.class);
    private static final int RATE = Integer.getInteger("bench.rate", 800);
    private static final Duration HELD = Duration.ofSeconds(Integer.getInteger("bench.held.seconds", 180));
    private static final int STORED = Integer.getInteger("bench.stored", 1_000_000);
    private static final Duration IDLE = Duration.ofSeconds(Integer.getInteger("bench.idle.seconds", 60));
    private static final int SENDERS = 16;
    private static final int ROUND = 10_000;

    @Test
    void aTransactionHeldOpen() throws InterruptedException, SQLException {
        try (BenchEngine bench = new BenchEngine()) {
            rounds(bench, "before", 2);
            Rates before = rounds(bench, "nothing held", 1);
            LOG.info("steady, nothing held: {}", steady(bench, HELD.dividedBy(3)));
            try (Connection holder = bench.database.dataSource().getConnection()) {
                holder.setAutoCommit(false);
                holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                try (var statement = holder.createStatement()) {
                    statement.execute("select count(*) from pg_class");
                }
                LOG.info("steady, a transaction held for {} s: {}", HELD.toSeconds(), steady(bench, HELD));
                Rates held = rounds(bench, "still held", 1);
                LOG.info("drained while held: {} of before", "%.2f".formatted(held.drained() / before.drained()));
                holder.rollback();
            }
        }
    }

    /// Triggers at a fixed rate while workers execute; says what was reached and what a run left on disk.
    private static String steady(BenchEngine bench, Duration time) throws InterruptedException {
        long bytes = storedBytes(bench);
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicInteger triggered = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        long start = System.nanoTime();
        Thread workers = Thread.ofVirtual().start(() -> work(bench, stopped, triggered, ended));
        BenchEngine.parallel(SENDERS, sender -> {
            long pause = Duration.ofSeconds(SENDERS).toNanos() / RATE;
            for (long i = 0, due; (due = i * pause + sender * pause / SENDERS) < time.toNanos(); i++) {
                LockSupport.parkNanos(start + due - System.nanoTime());
                bench.trigger();
                triggered.incrementAndGet();
            }
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        int endedInTime = ended.get();
        stopped.set(true);
        workers.join();
        return "%.0f triggered/s and %.0f ended/s of %d/s asked, %d bytes of PostgreSQL a run"
                .formatted(
                        triggered.get() / seconds,
                        endedInTime / seconds,
                        RATE,
                        (storedBytes(bench) - bytes) / triggered.get());
    }

    /// Executes until the senders stopped and all that they triggered ended.
    private static void work(BenchEngine bench, AtomicBoolean stopped, AtomicInteger triggered, AtomicInteger ended) {
        try {
            BenchEngine.parallel(2, _ -> {
                while (!stopped.get() || ended.get() < triggered.get()) {
                    List<ClaimedRun> claimed = bench.claim(50, Duration.ofMillis(50));
                    BenchEngine.parallel(claimed.size(), i -> bench.succeed(claimed.get(i)));
                    ended.addAndGet(claimed.size());
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aMillionStoredRuns() throws InterruptedException {
        try (BenchEngine bench = new BenchEngine()) {
            rounds(bench, "warming up", 2);
            long bytes = storedBytes(bench);
            Rates empty = rounds(bench, "nearly empty", 3);
            LOG.info("PostgreSQL holds {} bytes an ended run", (storedBytes(bench) - bytes) / (3 * ROUND));
            copyEnded(bench, STORED);
            Rates full = rounds(bench, STORED + " stored", 3);
            LOG.info(
                    "of the empty database: {} of the triggers, {} of the drained runs",
                    "%.2f".formatted(full.triggered() / empty.triggered()),
                    "%.2f".formatted(full.drained() / empty.drained()));
        }
    }

    /// Copies runs that ended, with their whole history, until so many more are stored.
    private static void copyEnded(BenchEngine bench, int runs) {
        bench.sql().sql("""
                create table copies as
                select original, hex::uuid as copy
                from (
                    select run_id as original, lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
                        || '7' || substr(md5(random()::text || run_id || i), 1, 3) || '8'
                        || substr(md5(run_id::text || i), 1, 15) as hex
                    from run_state, generate_series(1, :times) i
                    limit :runs
                ) ids
                """).param("times", runs / ROUND).param("runs", runs).update();
        for (String table : List.of("run", "run_state", "run_result", "run_transition")) {
            String key = table.equals("run") ? "id" : "run_id";
            String columns = bench.sql()
                    .sql("""
                            select string_agg(column_name, ', ') from information_schema.columns
                            where table_name = ? and column_name <> ?
                            """)
                    .param(table)
                    .param(key)
                    .query(String.class)
                    .single();
            bench.sql()
                    .sql("insert into %1$s (%2$s, %3$s) select copy, %3$s from %1$s join copies on original = %2$s"
                            .formatted(table, key, columns))
                    .update();
        }
        // A database that has held these runs for days: neither their load nor its vacuum is measured.
        bench.sql().sql("vacuum (freeze, analyze)").update();
        bench.sql().sql("checkpoint").update();
        assertThat(bench.sql()
                        .sql("select count(*) from run_state")
                        .query(Long.class)
                        .single())
                .isGreaterThan(runs);
    }

    @Test
    void nothingToDo() throws InterruptedException {
        try (BenchEngine bench = new BenchEngine()) {
            bench.insertQueued(10_000, 10_000);
            bench.refill();
            bench.drain(10_000, 2, 50);
            AtomicBoolean stopped = new AtomicBoolean();
            // What waits for work, as a supervisor does.
            Thread poller = Thread.ofVirtual().start(() -> {
                while (!stopped.get()) {
                    bench.claim(1, Duration.ofSeconds(10));
                }
            });
            LockSupport.parkNanos(Duration.ofSeconds(15).toNanos());
            Load from = Load.now(bench);
            LockSupport.parkNanos(IDLE.toNanos());
            LOG.info("10,000 queues, nothing to do: {}", Load.now(bench).since(from));
            stopped.set(true);
            poller.join();
        }
    }

    /// What this process and its servers did so far.
    private record Load(long nanos, long processorNanos, long commands, long transactions) {
        static Load now(BenchEngine bench) {
            return new Load(
                    System.nanoTime(),
                    ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(),
                    TestRedis.shared().commandsProcessed(),
                    bench.sql()
                            .sql(
                                    "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()")
                            .query(Long.class)
                            .single());
        }

        String since(Load from) {
            double seconds = (nanos - from.nanos) / 1e9;
            return "%.1f %% of a processor, %.1f commands of Redis and %.1f transactions of PostgreSQL a second"
                    .formatted(
                            (processorNanos - from.processorNanos) / 1e7 / seconds,
                            (commands - from.commands) / seconds,
                            (transactions - from.transactions) / seconds);
        }
    }

    /// Runs a second: triggered, and then drained.
    private record Rates(double triggered, double drained) {}

    /// Triggers and drains; returns the median of the rounds.
    private static Rates rounds(BenchEngine bench, String when, int rounds) throws InterruptedException {
        List<Double> triggered = new ArrayList<>();
        List<Double> drained = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            AtomicInteger left = new AtomicInteger(ROUND);
            BenchEngine.parallel(SENDERS, _ -> {
                while (left.getAndDecrement() > 0) {
                    bench.trigger();
                }
            });
            triggered.add(ROUND / ((System.nanoTime() - start) / 1e9));
            drained.add(ROUND / bench.drain(ROUND, 2, 50));
            LOG.info("{}: {} triggers/s, then {} runs/s drained", when, rounded(triggered), rounded(drained));
        }
        return new Rates(median(triggered), median(drained));
    }

    private static long rounded(List<Double> rates) {
        return Math.round(rates.getLast());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long storedBytes(BenchEngine bench) {
        return bench.sql()
                .sql("select sum(pg_total_relation_size(c.oid)) from pg_class c where relname ~ '^run.*_p\\d{6}$'")
                .query(Long.class)
                .single();
    }
}
