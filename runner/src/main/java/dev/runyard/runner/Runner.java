package dev.runyard.runner;

import dev.runyard.runner.attempt.ExecuteRun;
import dev.runyard.runner.attempt.ExitCode;
import dev.runyard.runner.attempt.Place;
import dev.runyard.runner.lease.RunWatch;
import dev.runyard.runner.wait.OneWaitAtATime;
import dev.runyard.runner.workload.PersistentCalls;
import dev.runyard.runner.workload.WorkloadClient;
import dev.runyard.sdk.client.RemoteRunServer;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.internal.RunServer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Executes one run and exits, or goes on with others of the same version where its supervisor keeps it for them. Started by
 * a supervisor with the first run in its environment.
 */
public final class Runner {
    private final RunWatch watch;
    private final ExecuteRun executeRun;

    private Runner(RunnerSettings settings, RunnerProcess process) {
        InstantSource clock = InstantSource.system();
        WorkloadClient client =
                new WorkloadClient(settings.address(), process.http(), process.mapper(), settings.isWarm());
        this.watch =
                new RunWatch(settings.watch(), client, Pacer.SLEEPING, new RunWatch.Clocks(clock, System::nanoTime));
        PersistentCalls calls = new PersistentCalls(client, Pacer.SLEEPING, System::nanoTime);
        OneWaitAtATime waits = new OneWaitAtATime(watch, Pacer.SLEEPING, System::nanoTime);
        RunServer server = new RemoteRunServer(settings.run().toString(), waits, process.http());
        this.executeRun = new ExecuteRun(calls, watch, process.log(), clock, Place.ofOneRun(server, waits));
    }

    /** Executes the run that the environment names; the process ends with an {@link ExitCode}. */
    public static void main(String[] arguments) {
        int code;
        try {
            Map<String, String> environment = System.getenv();
            shortenConnections(environment);
            code = environment.containsKey(CheckImage.VARIABLE) ? CheckImage.run(environment) : run(environment);
        } catch (Throwable e) { // the supervisor reads the reason from the container's log
            e.printStackTrace();
            code = ExitCode.FAILED.value();
        }
        EndProcess.with(code);
    }

    /** An open connection keeps a process from being stored. How long it stays is read once, by the first client. */
    private static void shortenConnections(Map<String, String> environment) {
        String seconds = environment.get("RUNYARD_KEEP_ALIVE_SECONDS");
        if (seconds != null) {
            System.setProperty("jdk.httpclient.keepalive.timeout", seconds);
        }
    }

    static int run(Map<String, String> environment) throws InterruptedException {
        RunnerSettings settings;
        try {
            settings = RunnerSettings.from(environment);
        } catch (IllegalArgumentException e) {
            System.err.println("runyard: " + e.getMessage());
            return ExitCode.FAILED.value();
        }
        RunnerProcess process = new RunnerProcess(settings);
        NextRun nextRun = new NextRun(process.http(), process.mapper());
        Optional<RunnerSettings> current = Optional.of(settings);
        ExitCode code = ExitCode.DONE;
        while (current.isPresent()) {
            Runner runner = new Runner(current.get(), process);
            process.watches(runner.watch);
            code = runner.executeRun.execute();
            runner.watch.end();
            current = runner.executeRun.isProcessReusable()
                    ? nextRun.await(current.get(), process::isStopping)
                    : Optional.empty();
        }
        return code.value();
    }
}
