package dev.runyard.worker.dev;

import dev.runyard.runner.slf4j.RunLogProvider;
import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.internal.SinkLogger;
import dev.runyard.worker.TaskSet;
import dev.runyard.worker.Worker;
import dev.runyard.worker.WorkerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Executes the runs of a developer's session. {@code runyard dev} starts it with the project's dependencies on the class
 * path and tells it on standard input which build to load: {@code load FOLDER}. Each build has a class loader of its own,
 * so that a run goes on with the code that it began with. The process ends where its input ends.
 */
public final class DevProcess {
    /** What begins a line that is meant for the command and not for its user. */
    public static final char CONTROL = '\u0001';

    private static final String LOAD = "load ";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** A breakpoint stops the signs of life too; the run is given up by the server alone then. */
    private static final Duration LEASE = Duration.ofDays(1);

    private final WorkerOptions options;
    private final PrintStream terminal;
    private @Nullable Worker worker;

    private DevProcess(WorkerOptions options, PrintStream terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /** Serves until the input ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        PrintStream terminal = System.out;
        TerminalLog log = new TerminalLog(terminal);
        RunLogProvider.install(new SinkLogger(log::processLine, InstantSource.system()));
        ClientConfig client = ClientConfig.of(
                environment.getOrDefault("RUNYARD_DEV_URL", "http://localhost:3030"),
                environment.getOrDefault("RUNYARD_DEV_KEY", ""));
        WorkerOptions options = WorkerOptions.of(client)
                .withConcurrency(Integer.parseInt(environment.getOrDefault("RUNYARD_DEV_CONCURRENCY", "10")))
                .withName(environment.getOrDefault("RUNYARD_DEV_NAME", "runyard-dev"))
                .withLease(Duration.ofSeconds(20), LEASE)
                .withPollTimeout(Duration.ofSeconds(2))
                .withListener(log);
        new DevProcess(options, terminal).serve(System.in);
        // Task code may have left threads behind.
        System.exit(0);
    }

    private void serve(InputStream commands) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null) {
            if (line.startsWith(LOAD)) {
                answer(load(Path.of(line.substring(LOAD.length()))));
            }
            line = lines.readLine();
        }
        if (worker != null) {
            worker.stop(GRACE);
        }
    }

    private String load(Path build) throws InterruptedException, MalformedURLException {
        URLClassLoader loader =
                new URLClassLoader(new URL[] {build.toUri().toURL()}, DevProcess.class.getClassLoader());
        try {
            TaskSet tasks = TaskSet.in(List.of(build), loader);
            return "ready " + register(tasks) + " " + tasks.metadata().tasks().size();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return "failed " + String.valueOf(e.getMessage()).lines().reduce("", (all, one) -> all + "  " + one);
        }
    }

    private String register(TaskSet tasks) throws InterruptedException {
        if (worker != null) {
            return worker.replace(tasks);
        }
        worker = Worker.start(options, tasks);
        return worker.awaitRegistered(PATIENCE);
    }

    private void answer(String line) {
        terminal.println(CONTROL + line);
        terminal.flush();
    }
}
