package dev.runyard.e2e.bench;

import dev.runyard.e2e.system.Docker;
import dev.runyard.e2e.system.TaskBundle;
import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.e2e.tasks.WaitTasks;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.testkit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runs cost that wait in containers: memory by the containers' own accounts and by the machine's, and disk.
class WaitingMemoryBench {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingMemoryBench.class);
    private static final int RUNS = Integer.getInteger("bench.waiting-runs", 20);
    private static final String NAME = "runyard-bench-waiting";
    private static final String IMAGE = NAME + ":test";
    private static final Duration PATIENCE = Duration.ofMinutes(25);

    @Test
    void kept() throws Exception {
        measure("keep", "running");
    }

    @Test
    void frozen() throws Exception {
        measure("freeze", "paused");
    }

    @Test
    void stored() throws Exception {
        measure("checkpoint", "exited");
    }

    @Test
    void storedInASharedFolder() throws Exception {
        measure("shared", "");
    }

    /// @param tier what happens to the waiting runs; `shared` for tier `checkpoint` with a shared folder
    /// @param state of their containers then; empty where none are left
    private static void measure(String tier, String state) throws Exception {
        Requirement.DOCKER.check();
        Path folder = Path.of("target", "bench", String.valueOf(System.nanoTime()));
        Path bundle = TaskBundle.write(folder.resolve("bundle"));
        Docker.buildTasks(IMAGE, bundle);
        try (WholeSystem system = WholeSystem.start(folder, "docker", settings(tier, folder));
                Runyard client = system.client()) {
            system.deployer().deploy(bundle, IMAGE);
            system.sql()
                    .sql("update environment set concurrency_limit = 100000")
                    .update();
            system.flushRedis();
            double availableBefore = available();
            List<String> tokens = new ArrayList<>();
            List<RunHandle<String>> runs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                tokens.add(client.waitpoints()
                        .create(TokenOptions.timeout(Duration.ofHours(1)))
                        .id());
                runs.add(client.trigger(WaitTasks.APPROVAL, tokens.getLast()));
            }
            await(
                    "all wait",
                    () -> system.sql()
                                    .sql("select count(*) from run_state where execution in "
                                            + "('EXECUTING_WITH_WAITPOINTS', 'SUSPENDED')")
                                    .query(Integer.class)
                                    .single()
                            == RUNS);
            if (state.isEmpty()) {
                await("nothing is left of them", () -> containers().isEmpty());
            } else {
                await(
                        "all are " + state,
                        () -> containers("name=runner", "status=" + state).stream()
                                        .filter(name -> !name.endsWith("-net"))
                                        .count()
                                == RUNS);
            }
            double taken = availableBefore - available();
            LOG.info(
                    "{}: {} waiting runs use {} MiB by their containers' accounts, {} MiB less are free on the machine,"
                            + " {} MiB of disk",
                    tier,
                    RUNS,
                    Math.round(accounted()),
                    Math.round(taken),
                    disk(folder));
            tokens.forEach(token -> client.waitpoints().complete(token, "approved"));
            int firstAttempts = 0;
            for (RunHandle<String> run : runs) {
                firstAttempts += run.await(PATIENCE).outputOrThrow().endsWith("in attempt 1") ? 1 : 0;
            }
            LOG.info("{}: {} of {} went on in their first attempt", tier, firstAttempts, RUNS);
        } finally {
            for (String left : containers()) {
                Docker.run("rm", "--force", left);
            }
            Docker.run("network", "rm", "--force", NAME);
            Docker.run("image", "rm", "--force", IMAGE);
        }
    }

    private static Map<String, String> settings(String tier, Path folder) {
        Map<String, String> settings = new HashMap<>(settings("shared".equals(tier) ? "checkpoint" : tier));
        if ("shared".equals(tier)) {
            settings.put(
                    "RUNYARD_SUPERVISOR_WAITING_SHARED_FOLDER", stored(folder).toString());
            settings.put("RUNYARD_SUPERVISOR_WAITING_SHARED_IMAGE", "eclipse-temurin:25-jre");
            settings.put(
                    "RUNYARD_SUPERVISOR_WORKLOADTOKENKEY", Base64.getEncoder().encodeToString(new byte[32]));
        }
        return settings;
    }

    private static Path stored(Path folder) {
        return folder.toAbsolutePath().resolve("stored");
    }

    private static Map<String, String> settings(String tier) {
        return Map.of(
                "RUNYARD_SUPERVISOR_WAITING_TIER",
                tier,
                "RUNYARD_SUPERVISOR_WAITING_THRESHOLD",
                "1s",
                "RUNYARD_SUPERVISOR_MAXCONCURRENTRUNS",
                String.valueOf(RUNS),
                "RUNYARD_SUPERVISOR_DOCKER_CPUOVERCOMMIT",
                String.valueOf(RUNS),
                // They use a tenth of what they are promised.
                "RUNYARD_SUPERVISOR_DOCKER_MEMORYSHARE",
                "4",
                "RUNYARD_SUPERVISOR_DOCKER_USER",
                "0:0",
                "RUNYARD_SUPERVISOR_DOCKER_NETWORK",
                NAME,
                "RUNYARD_SUPERVISOR_INSTANCENAME",
                NAME,
                "RUNYARD_SUPERVISOR_DOCKER_PULLPOLICY",
                "never");
    }

    /// Names the containers of the bench, those of sandboxes included.
    private static List<String> containers(String... filters) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("ps", "-a", "--format", "{{.Names}}", "--filter", "label=dev.runyard.supervisor=" + NAME));
        for (String filter : filters) {
            arguments.addAll(List.of("--filter", filter));
        }
        return Docker.lines(arguments.toArray(String[]::new));
    }

    /// Returns the mebibytes of all containers of the bench.
    private static double accounted() throws IOException, InterruptedException {
        if (containers().isEmpty()) {
            return 0;
        }
        List<String> arguments = new ArrayList<>(List.of("stats", "--no-stream", "--format", "{{.MemUsage}}"));
        arguments.addAll(containers());
        return Docker.lines(arguments.toArray(String[]::new)).stream()
                .mapToDouble(usage -> mebibytes(usage.split(" / ")[0]))
                .sum();
    }

    private static double mebibytes(String amount) {
        double number = Double.parseDouble(amount.replaceAll("[^0-9.]", ""));
        return switch (amount.replaceAll("[0-9.]", "")) {
            case "B" -> number / (1 << 20);
            case "KiB" -> number / (1 << 10);
            case "MiB" -> number;
            case "GiB" -> number * (1 << 10);
            default -> throw new IllegalArgumentException(amount);
        };
    }

    /// Returns the mebibytes that the machine could give to new processes.
    private static double available() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                        .filter(line -> line.startsWith("MemAvailable:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    /// Returns the mebibytes of what is stored; the engine's folder is root's alone.
    private static long disk(Path folder) throws IOException, InterruptedException {
        Path root = Path.of(Docker.run("info", "--format", "{{.DockerRootDir}}").strip());
        List<String> command = new ArrayList<>(List.of("du", "-cms"));
        for (String id : Docker.lines("ps", "-aq", "--no-trunc", "--filter", "label=dev.runyard.supervisor=" + NAME)) {
            Path checkpoints = root.resolve("containers").resolve(id).resolve("checkpoints");
            if (Files.isDirectory(checkpoints)) {
                command.add(checkpoints.toString());
            }
        }
        if (Files.isDirectory(stored(folder))) {
            command.add(stored(folder).toString());
        }
        if (command.size() == 2) {
            return 0;
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return Long.parseLong(lines.getLast().split("\\s")[0]);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(condition);
    }
}
