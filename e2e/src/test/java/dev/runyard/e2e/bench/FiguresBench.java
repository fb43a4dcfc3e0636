package dev.runyard.e2e.bench;

import com.sun.net.httpserver.HttpServer;
import dev.runyard.e2e.system.Docker;
import dev.runyard.e2e.system.TaskBundle;
import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.e2e.tasks.ProbeTasks;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.sdk.client.Run;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.testkit.Requirement;
import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The figures of docs/internals/figures.md.
class FiguresBench {
    private static final Logger LOG = LoggerFactory.getLogger(FiguresBench.class);
    private static final Duration LENGTH = Duration.ofSeconds(8);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BODY = """
            {"payload":"{\\"to\\":\\"somebody@example.com\\",\\"template\\":\\"welcome\\",\\"n\\":123456}"}""";

    @Test
    void triggerBesideItsFloor() throws IOException, InterruptedException {
        try (WholeSystem system = start("process", "0")) {
            system.supervisor.close();
            Load runyard = triggerLoad(system, "noop");
            try (TestDatabase floorDatabase = TestPostgres.create("classpath:none")) {
                JdbcClient sql = JdbcClient.create(floorDatabase.dataSource());
                sql.sql("create table job (id bigint generated always as identity primary key, body text)")
                        .update();
                HttpServer server = floor(sql);
                Load floor = new Load(
                        URI.create("http://localhost:" + server.getAddress().getPort() + "/"), Map.of(), BODY);
                runyard.closed(32, LENGTH);
                floor.closed(32, LENGTH);
                for (int clients : new int[] {1, 32, 128}) {
                    LOG.info("floor   {} clients: {}", clients, floor.closed(clients, LENGTH));
                    LOG.info("trigger {} clients: {}", clients, runyard.closed(clients, LENGTH));
                    LOG.info("trigger {} clients: {}", clients, runyard.closed(clients, LENGTH));
                    LOG.info("floor   {} clients: {}", clients, floor.closed(clients, LENGTH));
                }
                server.stop(0);
            }
        }
    }

    /// The least that a durable trigger can be: HTTP, one insert, one commit.
    private static HttpServer floor(JdbcClient sql) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 512);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            sql.sql("insert into job (body) values (?)").param(body).update();
            byte[] answer = "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void startLatencyAndThroughputOverTheWire() throws IOException, InterruptedException {
        try (WholeSystem system = start("process", "0")) {
            system.supervisor.close();
            system.deployProbes();
            system.sql()
                    .sql("update environment set concurrency_limit = 100000")
                    .update();
            system.flushRedis();
            for (int rate : new int[] {20, 500}) {
                try (Pollers pollers = new Pollers(system, 8)) {
                    triggerLoad(system, "flaky").open(rate, Duration.ofSeconds(3));
                    pollers.startMicros.clear();
                    Load.Result sent = triggerLoad(system, "flaky").open(rate, LENGTH);
                    long[] micros = pollers.startMicros.stream()
                            .mapToLong(Long::longValue)
                            .sorted()
                            .toArray();
                    LOG.info(
                            "{}/s: {}; trigger to hand-out of {} runs: p50 {} ms, p99 {} ms",
                            rate,
                            sent,
                            micros.length,
                            quantile(micros, 0.5),
                            quantile(micros, 0.99));
                }
            }
        }
    }

    /// Supervisors that only take runs: they note how long after its creation each came.
    private static final class Pollers implements AutoCloseable {
        private final ConcurrentLinkedQueue<Long> startMicros = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Pollers(WholeSystem system, int count) throws IOException {
            HttpClient http = HttpClient.newHttpClient();
            String token =
                    Files.readString(system.folder().resolve("worker-token")).strip();
            for (int i = 0; i < count; i++) {
                HttpRequest request = HttpRequest.newBuilder(system.origin.resolve("/engine/v1/worker-actions/dequeue"))
                        .header("Authorization", "Bearer " + token)
                        .header("x-trigger-worker-instance-name", "bench-" + i)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"maxRunCount\":10,\"timeoutMs\":1000}"))
                        .build();
                threads.add(Thread.ofVirtual().start(() -> poll(http, request)));
            }
        }

        private void poll(HttpClient http, HttpRequest request) {
            while (!stopped.get()) {
                try {
                    String answer = http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body();
                    Instant now = Instant.now();
                    for (JsonNode message : JSON.readTree(answer)) {
                        Instant created = TimeOrderedIds.instantOf(
                                RunId.parse(message.get("run").get("friendlyId").asString())
                                        .value());
                        startMicros.add(Duration.between(created, now).toNanos() / 1000);
                    }
                } catch (IOException e) {
                    LOG.warn("poll", e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            stopped.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void runsPerSecondInProcesses() throws IOException {
        try (WholeSystem system = start("process", "4");
                Runyard client = system.client()) {
            system.deployProbes();
            cold(system, client, "process");
        }
    }

    @Test
    void coldStartInContainers() throws IOException, InterruptedException {
        startsInContainers("docker, cold", Map.of());
    }

    @Test
    void warmStartInContainers() throws IOException, InterruptedException {
        startsInContainers("docker, warm", Map.of("RUNYARD_SUPERVISOR_WARM_IDLE", "60s"));
    }

    private static void startsInContainers(String kind, Map<String, String> settings)
            throws IOException, InterruptedException {
        Requirement.DOCKER.check();
        try (WholeSystem system = start("docker", "4", settings);
                Runyard client = system.client()) {
            Path bundle = TaskBundle.write(system.folder().resolve("bundle"));
            Docker.buildTasks("runyard-bench:latest", bundle);
            system.deployer().deploy(bundle, "runyard-bench:latest");
            floor("runyard-bench:latest");
            cold(system, client, kind);
            floor("runyard-bench:latest");
        }
    }

    /// From the call of the engine to the first line of a program of one line, in the image of the tasks.
    private static void floor(String image) throws IOException, InterruptedException {
        Path classes = Path.of("target", "test-classes").toAbsolutePath();
        long[] micros = new long[20];
        for (int i = -2; i < micros.length; i++) {
            long called = System.currentTimeMillis();
            String told = Docker.run(
                    "run",
                    "--rm",
                    "--init",
                    "--volume",
                    classes + ":/classes:ro",
                    "--entrypoint",
                    "java",
                    image,
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    "/classes",
                    TellTime.class.getName());
            if (i >= 0) {
                micros[i] = (Long.parseLong(told.strip()) - called) * 1000;
            }
        }
        Arrays.sort(micros);
        LOG.info(
                "docker run of a program of one line: p50 {} ms, p95 {} ms",
                quantile(micros, 0.5),
                quantile(micros, 0.95));
    }

    /// Twenty runs one after the other, then forty at once.
    private static void cold(WholeSystem system, Runyard client, String kind) {
        long[] micros = new long[20];
        for (int i = -2; i < micros.length; i++) {
            Run run = client.runs().await(client.trigger(ProbeTasks.CLOCK, 0).id(), Duration.ofSeconds(60));
            long started = run.output(Long.class).orElseThrow();
            if (i >= 0) {
                micros[i] = (started - run.createdAt().toEpochMilli()) * 1000;
            }
        }
        Arrays.sort(micros);
        LOG.info(
                "{}: trigger to the task's code p50 {} ms, p95 {} ms",
                kind,
                quantile(micros, 0.5),
                quantile(micros, 0.95));
        long start = System.nanoTime();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add(client.trigger(ProbeTasks.CLOCK, 0).id());
        }
        ids.forEach(id -> client.runs().await(id, Duration.ofSeconds(120)));
        LOG.info("{}: {} runs per second", kind, "%.1f".formatted(40e9 / (System.nanoTime() - start)));
        LOG.debug("{}", system.folder());
    }

    private static WholeSystem start(String workloads, String slots) {
        return start(workloads, slots, Map.of());
    }

    private static WholeSystem start(String workloads, String slots, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("RUNYARD_SUPERVISOR_MAXCONCURRENTRUNS", slots.equals("0") ? "1" : slots);
        return WholeSystem.start(Path.of("target", "bench", String.valueOf(System.nanoTime())), workloads, settings);
    }

    private static Load triggerLoad(WholeSystem system, String task) {
        return new Load(
                system.origin.resolve("/api/v1/tasks/" + task + "/trigger"),
                Map.of("Authorization", "Bearer " + system.secretKey(), "Content-Type", "application/json"),
                task.equals("noop") ? BODY : "{\"payload\":\"1\"}");
    }

    private static double quantile(long[] sortedMicros, double quantile) {
        return sortedMicros.length == 0
                ? Double.NaN
                : sortedMicros[(int) Math.min(sortedMicros.length - 1, quantile * sortedMicros.length)] / 1000.0;
    }
}
