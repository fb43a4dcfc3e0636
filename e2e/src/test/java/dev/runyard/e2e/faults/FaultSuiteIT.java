package dev.runyard.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.tasks.WitnessTasks;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.history.History;
import dev.runyard.testkit.history.HistoryCheck;
import dev.runyard.testkit.history.HistoryReader;
import dev.runyard.testkit.history.LimitChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two webapps and two supervisors under load while processes are killed and frozen, Redis is flushed and killed and
/// PostgreSQL crashes. When all is well again every run must have ended as promised, told by the tasks themselves.
///
/// `-Dfaults.minutes=10` runs longer, `-Dfaults.seed=42` draws other faults; see docs/operate/fault-tests.md.
class FaultSuiteIT {
    private static final Logger LOG = LoggerFactory.getLogger(FaultSuiteIT.class);
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("faults.minutes", 1));
    private static final long SEED = Long.getLong("faults.seed", 1);

    private final Map<Fault.Kind, Integer> applied = new EnumMap<>(Fault.Kind.class);
    private int planned;

    @Test
    void keepsEveryPromiseWhateverBreaks() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "faults"));
        Path run = folder.resolve(SEED + "-" + System.nanoTime()).toAbsolutePath();
        Path witness = run.resolve("witness");
        History history = new History().tellsEveryExecution();
        try (FaultCluster cluster = FaultCluster.start(run);
                FaultLoad load = FaultLoad.start(cluster, witness, SEED)) {
            breakThings(cluster);
            load.stop(history);
            awaitEnd(cluster);
            int attempts = WitnessFile.read(witness, history);
            FaultReport report = report(cluster, load, history, attempts);
            LOG.info("{}\n{}", report.write(folder), report);
            assertThat(report.violations()).isEmpty();
            assertThat(report.isValid())
                    .as("enough calls and faults went through")
                    .isTrue();
        }
    }

    private void breakThings(FaultCluster cluster) throws InterruptedException {
        Instant end = Instant.now().plus(LENGTH);
        for (Fault fault : FaultPlan.draw(SEED, 10_000).faults()) {
            Thread.sleep(fault.pause());
            if (Instant.now().isAfter(end)) {
                return;
            }
            planned++;
            LOG.info("{}", fault);
            try {
                cluster.suffer(fault);
                applied.merge(fault.kind(), 1, Integer::sum);
            } catch (RuntimeException e) {
                LOG.warn("{} could not be done", fault, e);
            }
        }
    }

    private static void awaitEnd(FaultCluster cluster) {
        Awaitility.await("all runs end")
                .atMost(Duration.ofMinutes(8))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> cluster.sql()
                                .sql("select count(*) from run_state where execution <> 'FINISHED'")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    private FaultReport report(FaultCluster cluster, FaultLoad load, History history, int attempts) throws IOException {
        limits(cluster, history);
        new HistoryReader(cluster.postgres.dataSource(), id -> new RunId(id).toString()).read(history);
        int runs = cluster.sql()
                .sql("select count(*) from run_state")
                .query(Integer.class)
                .single();
        return new FaultReport(
                SEED,
                planned,
                applied,
                load.calls(),
                load.answered(),
                load.accepted(),
                runs,
                attempts,
                HistoryCheck.check(history));
    }

    private static void limits(FaultCluster cluster, History history) {
        UUID environment = cluster.sql()
                .sql("select environment_id from run_state limit 1")
                .query(UUID.class)
                .single();
        String wide = environment + " wide";
        for (String copy : List.of(wide, wide + " tenant-0", wide + " tenant-1")) {
            history.addLimit(new LimitChange(copy, WitnessTasks.WIDE_LIMIT, 0));
        }
        String serial = environment + " serial";
        for (String copy : List.of(serial, serial + " tenant-0", serial + " tenant-1")) {
            history.addLimit(new LimitChange(copy, 1, 0));
        }
    }
}
