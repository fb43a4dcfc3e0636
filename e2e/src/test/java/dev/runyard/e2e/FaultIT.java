package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.e2e.tasks.ProbeTasks;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.TriggerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Many runs while Redis is flushed and killed, the webapp is killed and the supervisor is killed:
/// every run ends once, no attempt is executed twice, and the limit holds as the tasks themselves saw it.
class FaultIT {
    private static final Logger LOG = LoggerFactory.getLogger(FaultIT.class);
    private static final int RUNS = 90;
    private static final int LIMIT = 4;

    @Test
    void losesNothingAndRunsNothingTwice() throws IOException {
        Path folder = Path.of("target", "fault");
        Path witness = folder.resolve("witness").toAbsolutePath();
        Files.createDirectories(folder);
        Files.deleteIfExists(witness);
        try (WholeSystem system = WholeSystem.start(
                        folder.resolve(String.valueOf(System.nanoTime())),
                        "process",
                        Map.of("RUNYARD_SUPERVISOR_MAXCONCURRENTRUNS", "8"));
                Runyard client = system.client()) {
            system.deployProbes();
            limit(system);
            Set<String> accepted = new HashSet<>();
            for (int i = 0; i < RUNS; i++) {
                accepted.add(client.trigger(
                                ProbeTasks.PROBE,
                                new ProbeTasks.Probe(witness.toString(), 20 + i % 50),
                                TriggerOptions.none().queue("probes"))
                        .id());
            }
            breakThings(system);
            Awaitility.await("all runs end")
                    .atMost(Duration.ofMinutes(6))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> finished(system) == RUNS);
            List<Line> lines = read(witness);
            assertOneEnd(system, accepted);
            assertEachAttemptOnce(lines, accepted);
            assertLimitHeld(lines);
            LOG.info(
                    "{} runs, {} attempts started, limit {}",
                    RUNS,
                    lines.stream().filter(Line::isStart).count(),
                    LIMIT);
        }
    }

    private static void limit(WholeSystem system) {
        system.sql().sql("""
                        insert into task_queue (environment_id, name, concurrency_limit)
                        select environment_id, 'probes', ? from task_queue limit 1
                        on conflict (environment_id, name) do update set concurrency_limit = excluded.concurrency_limit
                        """).param(LIMIT).update();
        // Written behind the server's back: a flushed Redis makes it read the limits again.
        system.flushRedis();
    }

    private static void breakThings(WholeSystem system) {
        awaitFinished(system, 10);
        LOG.info("flushing Redis");
        system.flushRedis();
        awaitFinished(system, 25);
        LOG.info("killing Redis");
        system.redis.kill();
        awaitFinished(system, 40);
        system.redis.revive();
        awaitFinished(system, 55);
        LOG.info("killing the webapp");
        system.webapp.kill();
        system.webapp.start();
        system.webapp.awaitReady();
        awaitFinished(system, 70);
        LOG.info("killing the supervisor");
        system.supervisor.kill();
        system.supervisor.start();
        system.supervisor.awaitReady();
    }

    private static void awaitFinished(WholeSystem system, int runs) {
        Awaitility.await(runs + " runs end")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> finished(system) >= runs);
    }

    private static int finished(WholeSystem system) {
        return system.sql()
                .sql("select count(*) from run_state where execution = 'FINISHED'")
                .query(Integer.class)
                .single();
    }

    /// One line of the witness.
    private record Line(boolean isStart, String run, int attempt, long at) {}

    private static List<Line> read(Path witness) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String line : Files.readAllLines(witness)) {
            String[] parts = line.split(" ");
            lines.add(new Line(parts[0].equals("S"), parts[1], Integer.parseInt(parts[2]), Long.parseLong(parts[3])));
        }
        return lines;
    }

    private static void assertOneEnd(WholeSystem system, Set<String> accepted) {
        assertThat(accepted).hasSize(RUNS);
        assertThat(count(system, "select count(*) from run_state where status = 'COMPLETED_SUCCESSFULLY'"))
                .isEqualTo(RUNS);
        assertThat(count(system, "select count(*) from run_transition where execution = 'FINISHED'"))
                .isEqualTo(RUNS);
        assertThat(count(system, """
                select count(*) from run_state s
                where s.version <> (select count(*) from run_transition t where t.run_id = s.run_id)
                """)).isZero();
    }

    private static int count(WholeSystem system, String sql) {
        return system.sql().sql(sql).query(Integer.class).single();
    }

    private static void assertEachAttemptOnce(List<Line> lines, Set<String> accepted) {
        Set<String> started = new HashSet<>();
        Set<String> completed = new HashSet<>();
        for (Line line : lines) {
            if (line.isStart()) {
                assertThat(started.add(line.run() + "#" + line.attempt()))
                        .as("attempt %d of %s started once", line.attempt(), line.run())
                        .isTrue();
            } else {
                assertThat(completed.add(line.run()))
                        .as("%s was executed to its end once", line.run())
                        .isTrue();
            }
        }
        assertThat(completed).isEqualTo(accepted);
    }

    private static void assertLimitHeld(List<Line> lines) {
        List<Line> ordered = lines.stream()
                .sorted(Comparator.comparingLong(Line::at).thenComparing(Line::isStart))
                .toList();
        Set<String> running = new HashSet<>();
        int most = 0;
        for (Line line : ordered) {
            if (line.isStart()) {
                running.add(line.run());
            } else {
                running.remove(line.run());
            }
            most = Math.max(most, running.size());
        }
        assertThat(most).isLessThanOrEqualTo(LIMIT);
    }
}
