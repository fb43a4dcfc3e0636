package dev.runyard.e2e.faults;

import dev.runyard.e2e.system.Deployer;
import dev.runyard.e2e.system.RestartablePostgres;
import dev.runyard.e2e.system.ServerProcess;
import dev.runyard.e2e.system.TaskBundle;
import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.testkit.redis.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Two webapps and two supervisors over one PostgreSQL and one Redis, all of them processes of this test on this
/// machine.
final class FaultCluster implements AutoCloseable {
    private static final int SIZE = 2;
    private static final int KEY_BYTES = 32;

    private final Path folder;
    private final String encryptionKey = randomKey();
    final RestartablePostgres postgres;
    final TestRedis redis = TestRedis.start();
    private final List<URI> origins = new ArrayList<>();
    private final List<ServerProcess> webapps = new ArrayList<>();
    private final List<ServerProcess> supervisors = new ArrayList<>();

    private FaultCluster(Path folder) {
        this.folder = folder;
        this.postgres = new RestartablePostgres(folder.resolve("postgres"));
        for (int i = 0; i < SIZE; i++) {
            int port = freePort();
            origins.add(URI.create("http://localhost:" + port));
            webapps.add(webapp(i, port));
        }
        for (int i = 0; i < SIZE; i++) {
            supervisors.add(supervisor(i, freePort()));
        }
    }

    static FaultCluster start(Path folder) throws IOException {
        Files.createDirectories(folder);
        FaultCluster cluster = new FaultCluster(folder.toAbsolutePath());
        try {
            // The first one migrates the database and writes the secrets that the others read.
            for (ServerProcess webapp : cluster.webapps) {
                webapp.start();
                webapp.awaitReady();
            }
            cluster.supervisors.forEach(ServerProcess::start);
            cluster.supervisors.forEach(ServerProcess::awaitReady);
            Path bundle = TaskBundle.write(cluster.folder.resolve("bundle"));
            new Deployer(cluster.origins.getFirst(), cluster.secretKey()).deploy(bundle, "bundle:" + bundle);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private ServerProcess webapp(int number, int port) {
        return new ServerProcess(
                "webapp " + number,
                ServerProcess.jarOf("webapp"),
                Map.ofEntries(
                        Map.entry("SERVER_PORT", String.valueOf(port)),
                        Map.entry("SPRING_DATASOURCE_URL", postgres.jdbcUrl()),
                        Map.entry("SPRING_DATASOURCE_USERNAME", postgres.user()),
                        Map.entry("SPRING_DATASOURCE_PASSWORD", postgres.password()),
                        Map.entry("REDIS_URL", redis.uri()),
                        Map.entry("APP_ORIGIN", "http://localhost:" + port),
                        Map.entry("RUNYARD_DATA_DIR", folder.toString()),
                        Map.entry("RUNYARD_ENCRYPTION_KEY", encryptionKey),
                        Map.entry("RUNYARD_ENGINE_PENDINGSTARTTIMEOUT", "20s"),
                        Map.entry("RUNYARD_ENGINE_EXECUTIONTIMEOUT", "30s"),
                        Map.entry("RUNYARD_ENGINE_CANCELTIMEOUT", "10s"),
                        Map.entry("RUNYARD_ENGINE_MAXDISPATCHES", "50"),
                        Map.entry("RUNYARD_BOOTSTRAP_ENABLED", String.valueOf(number == 0)),
                        Map.entry("RUNYARD_BOOTSTRAP_WORKER_TOKEN_PATH", path("worker-token")),
                        Map.entry("RUNYARD_BOOTSTRAP_SECRETS_PATH", path("secrets.json")),
                        Map.entry("RUNYARD_BOOTSTRAP_LOGIN_LINK_PATH", path("login-link"))),
                URI.create("http://localhost:" + port + "/health/ready"),
                folder.resolve("webapp-" + number + ".log"));
    }

    private ServerProcess supervisor(int number, int port) {
        return new ServerProcess(
                "supervisor " + number,
                ServerProcess.jarOf("supervisor"),
                Map.of(
                        "TRIGGER_API_URL",
                        origins.get(number).toString(),
                        "TRIGGER_WORKER_TOKEN",
                        folder.resolve("worker-token").toUri().toString(),
                        "RUNYARD_SUPERVISOR_PORT",
                        String.valueOf(port),
                        "RUNYARD_SUPERVISOR_WORKLOADMANAGER",
                        "process",
                        "RUNYARD_SUPERVISOR_MAXCONCURRENTRUNS",
                        "4",
                        "RUNYARD_SUPERVISOR_TIMING_RUNNERHEARTBEAT",
                        "3s",
                        "RUNYARD_SUPERVISOR_TIMING_RUNNERLEASE",
                        "26s",
                        "RUNYARD_SUPERVISOR_STATEFOLDER",
                        path("supervisor-" + number),
                        "RUNYARD_SUPERVISOR_INSTANCENAME",
                        "faults-" + number),
                URI.create("http://localhost:" + port + "/health"),
                folder.resolve("supervisor-" + number + ".log"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private String secretKey() {
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(Files.readString(folder.resolve("secrets.json")))
                    .get("environments")
                    .get("prod")
                    .get("secretKey")
                    .asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A client of each webapp, which gives up soon so that its caller can note the failure.
    List<Runyard> clients() {
        return origins.stream()
                .map(origin -> Runyard.connect(ClientConfig.of(origin.toString(), secretKey())
                        .withMaxAttempts(4)
                        .withTimeout(Duration.ofSeconds(10))))
                .toList();
    }

    JdbcClient sql() {
        return JdbcClient.create(postgres.dataSource());
    }

    /// Breaks something, waits, and repairs it.
    void suffer(Fault fault) throws InterruptedException {
        ServerProcess webapp = webapps.get(fault.target());
        ServerProcess supervisor = supervisors.get(fault.target());
        switch (fault.kind()) {
            case WEBAPP_KILLED -> killed(webapp, fault.lasts());
            case SUPERVISOR_KILLED -> killed(supervisor, fault.lasts());
            case WEBAPP_FROZEN -> frozen(webapp, fault.lasts());
            case SUPERVISOR_FROZEN -> frozen(supervisor, fault.lasts());
            case REDIS_FLUSHED -> redis.flush();
            case REDIS_KILLED -> {
                redis.kill();
                Thread.sleep(fault.lasts());
                redis.revive();
            }
            case POSTGRES_SESSIONS_CUT ->
                sql().sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid()")
                        .query(Integer.class)
                        .single();
            case POSTGRES_CRASHED -> postgres.crash();
        }
    }

    private static void killed(ServerProcess process, Duration lasts) throws InterruptedException {
        process.kill();
        Thread.sleep(lasts);
        process.start();
        process.awaitReady();
    }

    private static void frozen(ServerProcess process, Duration lasts) throws InterruptedException {
        process.pause();
        Thread.sleep(lasts);
        process.resume();
    }

    private static String randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        supervisors.forEach(ServerProcess::close);
        webapps.forEach(ServerProcess::close);
        redis.close();
        postgres.close();
    }
}
