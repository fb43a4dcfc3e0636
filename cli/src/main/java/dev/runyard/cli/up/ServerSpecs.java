package dev.runyard.cli.up;

import dev.runyard.cli.database.EmbeddedPostgres;
import dev.runyard.cli.process.Programs;
import dev.runyard.cli.process.ServiceSpec;
import dev.runyard.cli.redis.EmbeddedRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How the webapp and the supervisor are started, and the files by which they tell each other and us their keys.
final class ServerSpecs {
    /// Settings of other servers, and of clients, that may stand in a developer's shell.
    private static final Set<String> FOREIGN = Set.of(
            "PORT",
            "REMIX_APP_PORT",
            "DATABASE_URL",
            "REDIS_URL",
            "REDIS_HOST",
            "APP_ORIGIN",
            "TRIGGER_API_URL",
            "TRIGGER_SECRET_KEY",
            "RUNYARD_URL",
            "RUNYARD_SECRET_KEY");

    private final UpOptions options;
    private final DataFolder data;

    ServerSpecs(UpOptions options, DataFolder data) {
        this.options = options;
        this.data = data;
    }

    Path workerToken() {
        return data.path("secrets/worker-token");
    }

    Path keys() {
        return data.path("secrets/keys.json");
    }

    Path loginLink() {
        return data.path("secrets/login-link");
    }

    ServiceSpec webapp(Path jar, EmbeddedPostgres postgres, EmbeddedRedis redis) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SERVER_PORT", String.valueOf(options.port()));
        environment.put("SPRING_DATASOURCE_URL", postgres.url());
        environment.put("SPRING_DATASOURCE_USERNAME", EmbeddedPostgres.NAME);
        environment.put("SPRING_DATASOURCE_PASSWORD", data.secret("postgres"));
        environment.put("RUNYARD_REDIS_URL", redis.url());
        environment.put("RUNYARD_DATA_DIR", data.folder("webapp").toString());
        environment.put("RUNYARD_BOOTSTRAP_ENABLED", "true");
        environment.put("RUNYARD_BOOTSTRAP_WORKER_TOKEN_PATH", workerToken().toString());
        environment.put("RUNYARD_BOOTSTRAP_SECRETS_PATH", keys().toString());
        environment.put("RUNYARD_BOOTSTRAP_LOGIN_LINK_PATH", loginLink().toString());
        environment.put("RUNYARD_APP_ORIGIN", options.url());
        return new ServiceSpec(
                "webapp", java(jar, "-Xms64m", "-Xmx512m"), environment, FOREIGN, List.of(), data.log("webapp"));
    }

    ServiceSpec supervisor(Path jar) {
        Map<String, String> environment = Map.of(
                "TRIGGER_API_URL",
                options.url(),
                "TRIGGER_WORKER_TOKEN",
                workerToken().toUri().toString(),
                "RUNYARD_SUPERVISOR_PORT",
                String.valueOf(options.supervisorPort()),
                "RUNYARD_SUPERVISOR_WORKLOAD_MANAGER",
                options.workloads().name().toLowerCase(Locale.ROOT),
                "RUNYARD_SUPERVISOR_STATE_FOLDER",
                data.folder("supervisor").toString(),
                "RUNYARD_SUPERVISOR_ON_SHUTDOWN",
                "stop");
        return new ServiceSpec(
                "supervisor",
                java(jar, "-Xms32m", "-Xmx192m", "-XX:+UseSerialGC"),
                environment,
                FOREIGN,
                List.of(),
                data.log("supervisor"));
    }

    private static List<String> java(Path jar, String... heap) {
        List<String> command = new ArrayList<>(List.of(Programs.java()));
        command.addAll(List.of(heap));
        command.addAll(
                List.of("-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", jar.toString()));
        return command;
    }
}
