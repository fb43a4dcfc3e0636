package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.testkit.redis.TestRedis;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one no-op run costs, one at a time, with nothing to share a commit with. Counts, not times: they
/// are the same on every machine. The reference needs 54 statements, 4 commits, 6.1 KB of WAL, 16 scripts
/// and 75 Redis commands.
class CostTest {
    private static final Logger LOG = LoggerFactory.getLogger(CostTest.class);
    private static final int RUNS = 200;
    private static final int ROUNDS = 3;
    private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+)");
    private static final Set<String> NOT_OURS =
            Set.of("info", "config", "hello", "client", "ping", "subscribe", "command");

    @Test
    void staysWithinItsBudget() {
        AtomicReference<CountingDataSource> counting = new AtomicReference<>();
        try (TestRedis redis = TestRedis.start();
                RedisClient client = RedisClient.create(redis.uri());
                var observer = client.connect();
                EngineHarness harness = EngineHarness.create(redis.uri(), real -> {
                    counting.set(new CountingDataSource(real));
                    return counting.get();
                })) {
            harness.controlPlane.deploy(harness.environment, task("noop"));
            CountingDataSource database = Objects.requireNonNull(counting.get());
            live(harness, 20);
            int statements = database.statements.get();
            int commits = database.commits.get();
            long scripts = calls(observer.sync().info("commandstats"), true);
            long commands = calls(observer.sync().info("commandstats"), false);
            double perRunWal = leastWal(harness) / (double) RUNS;
            double lives = RUNS * ROUNDS;
            double perRunSql = (database.statements.get() - statements) / lives;
            double perRunCommits = (database.commits.get() - commits) / lives;
            double perRunScripts = (calls(observer.sync().info("commandstats"), true) - scripts) / lives;
            double perRunCommands = (calls(observer.sync().info("commandstats"), false) - commands) / lives;
            LOG.info(
                    "a no-op run costs {} SQL, {} commits, {} bytes of WAL, {} scripts, {} Redis commands",
                    perRunSql,
                    perRunCommits,
                    perRunWal,
                    perRunScripts,
                    perRunCommands);
            assertThat(perRunSql).isLessThanOrEqualTo(9);
            assertThat(perRunCommits).isLessThan(3.1);
            assertThat(perRunWal).isLessThanOrEqualTo(3_072);
            assertThat(perRunScripts).isLessThanOrEqualTo(4);
            assertThat(perRunCommands).isLessThanOrEqualTo(25);
        }
    }

    /// Whole lives on a warm worker, then one turn of the background services for all of them.
    private static void live(EngineHarness harness, int runs) {
        for (int i = 0; i < runs; i++) {
            harness.trigger("noop");
            ClaimedRun run = harness.engine
                    .claim(new ClaimRequest("main", EngineHarness.WORKER, 1, Duration.ZERO, EngineHarness.RUNNER))
                    .getFirst();
            harness.succeed(run.state());
        }
        harness.step();
    }

    /// The bytes of the cheapest round. The log belongs to the whole server: an autovacuum, or the whole
    /// pages after a checkpoint, fall into some round and never make one smaller.
    private static long leastWal(EngineHarness harness) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = wal(harness);
            live(harness, RUNS);
            least = Math.min(least, wal(harness) - before);
        }
        return least;
    }

    private static long wal(EngineHarness harness) {
        return harness.sql()
                .sql("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
                .query(Long.class)
                .single();
    }

    private static long calls(String stats, boolean scriptsOnly) {
        long sum = 0;
        Matcher matcher = CALLS.matcher(stats);
        while (matcher.find()) {
            String command = matcher.group(1);
            boolean counts = scriptsOnly ? command.startsWith("eval") : !NOT_OURS.contains(command.split("\\|")[0]);
            sum += counts ? Long.parseLong(matcher.group(2)) : 0;
        }
        return sum;
    }
}
