package dev.runyard.cli.up;

import dev.runyard.cli.console.Console;
import dev.runyard.cli.database.EmbeddedPostgres;
import dev.runyard.cli.process.Service;
import dev.runyard.cli.process.ServiceSpec;
import dev.runyard.cli.process.Services;
import dev.runyard.cli.redis.EmbeddedRedis;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Starts the four servers, each after those that it needs.
final class StartServers {
    private final UpOptions options;
    private final DataFolder data;
    private final ServerSpecs specs;
    private final Surroundings around;
    private final AwaitReady awaitReady;

    StartServers(UpOptions options, DataFolder data, Surroundings around) {
        this.options = options;
        this.data = data;
        this.specs = new ServerSpecs(options, data);
        this.around = around;
        this.awaitReady = new AwaitReady(around.console());
    }

    /// What they are started with.
    record Surroundings(Console console, Services services, Health health, FollowLogs logs) {}

    /// What a person may want to know of the servers once they run.
    ///
    /// @param specs where their keys are
    /// @param areContainers whether tasks run in containers
    record Started(ServerSpecs specs, boolean areContainers) {}

    Started start(Jars jars) throws Exception {
        EmbeddedPostgres postgres = startPostgres();
        EmbeddedRedis redis = startRedis();
        startWebapp(specs.webapp(jars.webapp(), postgres, redis));
        return new Started(specs, startSupervisor(specs.supervisor(jars.supervisor())));
    }

    private EmbeddedPostgres startPostgres() throws Exception {
        EmbeddedPostgres.Settings settings = new EmbeddedPostgres.Settings(
                data.folder("postgres"), data.log("postgres"), data.port("postgres"), data.secret("postgres"));
        EmbeddedPostgres postgres =
                around.console().during("PostgreSQL", "preparing…", () -> EmbeddedPostgres.prepare(settings));
        Service service = around.services().start(postgres.service());
        ready(service, postgres.version(), awaitReady.await(service, () -> postgres.isReady(service)));
        return postgres;
    }

    private EmbeddedRedis startRedis() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.prepare(new EmbeddedRedis.Settings(
                data.folder("redis"), data.log("redis"), data.port("redis"), data.secret("redis")));
        Service service = around.services().start(redis.service());
        ready(service, redis.version(), awaitReady.await(service, () -> redis.isReady(service)));
        return redis;
    }

    private void startWebapp(ServiceSpec spec) throws Exception {
        // A link is good for one start; an old one must not be printed.
        Files.deleteIfExists(specs.loginLink());
        around.logs().follow(spec.name(), spec.log());
        Service service = around.services().start(spec);
        Duration took = awaitReady.await(
                service,
                () -> Files.exists(specs.loginLink())
                        && Files.exists(specs.keys())
                        && Files.exists(specs.workerToken())
                        && around.health().ask(options.port(), "/health/ready").isPresent());
        ready(service, options.url(), took);
    }

    private boolean startSupervisor(ServiceSpec spec) throws Exception {
        around.logs().follow(spec.name(), spec.log());
        Service service = around.services().start(spec);
        Duration took = awaitReady.await(
                service,
                () -> around.health().ask(options.supervisorPort(), "/health").isPresent());
        JsonNode health =
                around.health().ask(options.supervisorPort(), "/health").orElseThrow();
        boolean areContainers = health.path("workloadManager").asString("").equals("docker");
        ready(service, "tasks run in " + (areContainers ? "containers" : "processes") + reason(health), took);
        return areContainers;
    }

    private static String reason(JsonNode health) {
        String reason = health.path("reason").asString("");
        return reason.isEmpty() ? "" : ", since " + reason;
    }

    private void ready(Service service, String what, Duration took) {
        String seconds = String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
        around.console().part(service.name(), what + " (ready after " + seconds + ")");
    }
}
