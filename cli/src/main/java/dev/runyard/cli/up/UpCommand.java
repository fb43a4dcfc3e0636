package dev.runyard.cli.up;

import dev.runyard.cli.console.Console;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Runs the whole server in the foreground: PostgreSQL, Redis, webapp and supervisor.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class UpCommand implements Callable<Integer> {
    @Option(names = "--port", defaultValue = "3030", description = "Port of the dashboard and the API.")
    private int port;

    @Option(names = "--supervisor-port", defaultValue = "8020", description = "Port that running tasks talk to.")
    private int supervisorPort;

    @Option(
            names = "--data",
            defaultValue = ".runyard",
            paramLabel = "DIR",
            description = "Folder that keeps everything; made on first use.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path data;

    @Option(
            names = "--workloads",
            defaultValue = "auto",
            description = "What runs tasks: ${COMPLETION-CANDIDATES}. Auto takes Docker where an engine answers.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private UpOptions.Workloads workloads;

    @Option(names = "--no-example", description = "Do not deploy the examples and run one.")
    private boolean withoutExample;

    @Override
    public Integer call() throws Exception {
        Path home = Path.of(System.getProperty("runyard.home", "")).toAbsolutePath();
        UpOptions options = new UpOptions(
                home, port, supervisorPort, data.toAbsolutePath().normalize(), workloads, !withoutExample);
        return new RunServer(options, Console.ofProcess()).run();
    }
}
