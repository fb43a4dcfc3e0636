package dev.runyard.cli.up;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.Version;
import dev.runyard.cli.console.Console;
import dev.runyard.cli.deploy.Target;
import dev.runyard.cli.process.ProcessLedger;
import dev.runyard.cli.process.Service;
import dev.runyard.cli.process.Services;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Starts everything, shows that it works, and stays until Ctrl-C or until a part of it dies.
final class RunServer {
    private static final int FAILED = 1;

    private final UpOptions options;
    private final Console console;

    RunServer(UpOptions options, Console console) {
        this.options = options;
        this.console = console;
    }

    int run() throws Exception {
        Jars jars = Jars.of(options.home());
        try (DataFolder data = DataFolder.open(options.data());
                Health health = new Health();
                FollowLogs logs = new FollowLogs(console)) {
            console.line("Runyard " + Version.current() + " with its data in " + data.root());
            ProcessLedger ledger = new ProcessLedger(data.path("processes"));
            endLeftovers(ledger);
            Ports.require(options.port(), "webapp", "--port");
            Ports.require(options.supervisorPort(), "supervisor", "--supervisor-port");
            Services services = new Services(ledger, name -> console.part(name, "stopping…"));
            Thread hook = new Thread(() -> stop(services, logs));
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                serve(jars, data, new StartServers.Surroundings(console, services, health, logs));
                return 0;
            } catch (CommandFailure e) {
                return failed(e, services);
            } finally {
                services.stopAll();
            }
        }
    }

    private void serve(Jars jars, DataFolder data, StartServers.Surroundings around) throws Exception {
        UpOptions chosen = new ChooseWorkloads(console).choose(options);
        StartServers.Started started = new StartServers(chosen, data, around).start(jars);
        Target target = new Target(URI.create(options.url()), secretKey(started.specs()));
        if (options.withExample()) {
            new RunExample(options, data, console, target).run(started.areContainers());
        }
        sayHowToGoOn(started.specs(), target);
        Service dead = around.services().awaitFirstExit();
        throw new CommandFailure(dead.obituary());
    }

    /// While everything is being stopped on purpose, a process that ends is no failure.
    private int failed(CommandFailure failure, Services services) {
        if (!services.isStopped()) {
            console.line("runyard: " + failure.getMessage());
        }
        return FAILED;
    }

    private void endLeftovers(ProcessLedger ledger) {
        List<String> ended = ledger.endLeftovers();
        if (!ended.isEmpty()) {
            console.line("  Ended what an earlier `runyard up` had left running: " + String.join(", ", ended));
        }
    }

    private void stop(Services services, FollowLogs logs) {
        // What servers say of connections that end while they stop is of no use to anybody.
        logs.close();
        services.stopAll();
        console.line("Stopped.");
    }

    private void sayHowToGoOn(ServerSpecs specs, Target target) throws IOException {
        console.line("");
        console.line("Dashboard (this link signs in once): "
                + Files.readString(specs.loginLink()).strip());
        console.line("For curl, the SDK and the npm client:");
        console.line("  export TRIGGER_API_URL=" + target.url());
        console.line("  export TRIGGER_SECRET_KEY=" + target.secretKey());
        console.line("Logs are in " + options.data().resolve("logs") + ". Ctrl-C stops everything.");
    }

    private static String secretKey(ServerSpecs specs) throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(Files.readString(specs.keys()))
                .path("environments")
                .path("prod")
                .path("secretKey")
                .asString();
    }
}
