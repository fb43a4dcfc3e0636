package dev.runyard.runner;

import dev.runyard.runner.attempt.ExecuteRun;
import dev.runyard.runner.attempt.ExitCode;
import dev.runyard.runner.attempt.Place;
import dev.runyard.runner.lease.Interruption;
import dev.runyard.runner.lease.RunWatch;
import dev.runyard.runner.otel.TakeOpenTelemetrySpans;
import dev.runyard.runner.slf4j.RunLogProvider;
import dev.runyard.runner.telemetry.Intake;
import dev.runyard.runner.wait.OneWaitAtATime;
import dev.runyard.runner.workload.PersistentCalls;
import dev.runyard.runner.workload.WorkloadClient;
import dev.runyard.sdk.client.RemoteRunServer;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.internal.RunServer;
import dev.runyard.sdk.internal.RunSpans;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import sun.misc.Signal;
import tools.jackson.databind.json.JsonMapper;

/** Executes one run and exits. Started by a supervisor with the run in its environment. */
public final class Runner {
    private static final Duration LAST_FLUSH = Duration.ofSeconds(2);

    private final RunnerSettings settings;
    private final RunWatch watch;
    private final ShippedLog log;
    private final ExecuteRun executeRun;

    private Runner(RunnerSettings settings) {
        this.settings = settings;
        InstantSource clock = InstantSource.system();
        JsonMapper mapper = JsonMapper.builder().build();
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        WorkloadClient client = new WorkloadClient(settings.address(), http, mapper);
        this.watch =
                new RunWatch(settings.watch(), client, Pacer.SLEEPING, new RunWatch.Clocks(clock, System::nanoTime));
        this.log = new ShippedLog(new Intake(settings.telemetry(), http, mapper), clock);
        RunLogProvider.install(log.logger());
        TakeOpenTelemetrySpans.into(new RunSpans(log.spans(), clock));
        PersistentCalls calls = new PersistentCalls(client, Pacer.SLEEPING, System::nanoTime);
        OneWaitAtATime waits = new OneWaitAtATime(watch, Pacer.SLEEPING, System::nanoTime);
        RunServer server = new RemoteRunServer(settings.run().toString(), waits, http);
        this.executeRun = new ExecuteRun(calls, watch, log, clock, Place.ofOneRun(server, waits));
    }

    /** Executes the run that the environment names; the process ends with an {@link ExitCode}. */
    public static void main(String[] arguments) {
        int code;
        try {
            Map<String, String> environment = System.getenv();
            code = environment.containsKey(CheckImage.VARIABLE) ? CheckImage.run(environment) : run(environment);
        } catch (Throwable e) { // the supervisor reads the reason from the container's log
            e.printStackTrace();
            code = ExitCode.FAILED.value();
        }
        EndProcess.with(code);
    }

    static int run(Map<String, String> environment) throws InterruptedException {
        RunnerSettings settings;
        try {
            settings = RunnerSettings.from(environment);
        } catch (IllegalArgumentException e) {
            System.err.println("runyard: " + e.getMessage());
            return ExitCode.FAILED.value();
        }
        Runner runner = new Runner(settings);
        runner.obeySignals();
        EndProcess.onUnexpectedExit(() -> runner.log.flush(LAST_FLUSH));
        return runner.executeRun.execute().value();
    }

    /** A process that is asked to stop lets its task end, within the grace. */
    private void obeySignals() {
        Signal.handle(
                new Signal("TERM"),
                signal -> Thread.ofPlatform().daemon().name("runyard-term").start(() -> {
                    log.note("Asked to stop; the task has "
                            + settings.stopGrace().toSeconds() + " s to end");
                    try {
                        Pacer.SLEEPING.pause(settings.stopGrace());
                        watch.interrupt(Interruption.TERMINATED);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }
}
