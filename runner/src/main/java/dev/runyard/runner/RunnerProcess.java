package dev.runyard.runner;

import dev.runyard.runner.attempt.ExitCode;
import dev.runyard.runner.lease.Interruption;
import dev.runyard.runner.lease.RunWatch;
import dev.runyard.runner.otel.TakeOpenTelemetrySpans;
import dev.runyard.runner.slf4j.RunLogProvider;
import dev.runyard.runner.telemetry.Intake;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.internal.RunSpans;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import tools.jackson.databind.json.JsonMapper;

/** What a process has once, however many runs it executes. */
final class RunnerProcess {
    private static final Duration LAST_FLUSH = Duration.ofSeconds(2);

    private final Duration stopGrace;
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(LazyTrust.context())
            .build();
    private final ShippedLog log;
    private volatile @Nullable RunWatch watch;
    private volatile boolean stopping;

    RunnerProcess(RunnerSettings settings) {
        InstantSource clock = InstantSource.system();
        this.stopGrace = settings.stopGrace();
        this.log = new ShippedLog(new Intake(settings.telemetry(), http, mapper), clock);
        RunLogProvider.install(log.logger());
        TakeOpenTelemetrySpans.into(new RunSpans(log.spans(), clock));
        obeySignals();
        EndProcess.onUnexpectedExit(() -> log.flush(LAST_FLUSH));
    }

    HttpClient http() {
        return http;
    }

    JsonMapper mapper() {
        return mapper;
    }

    ShippedLog log() {
        return log;
    }

    /** Takes note of the run that is executed now. */
    void watches(RunWatch current) {
        watch = current;
    }

    /** Tells whether the process was asked to stop. */
    boolean isStopping() {
        return stopping;
    }

    /** A process that is asked to stop lets its task end, within the grace; one that only waits for a run ends at once. */
    private void obeySignals() {
        Signal.handle(
                new Signal("TERM"),
                signal -> Thread.ofPlatform().daemon().name("runyard-term").start(this::stop));
    }

    private void stop() {
        stopping = true;
        RunWatch current = watch;
        if (current == null || current.hasEnded()) {
            EndProcess.with(ExitCode.DONE.value());
            return;
        }
        log.note("Asked to stop; the task has " + stopGrace.toSeconds() + " s to end");
        try {
            Pacer.SLEEPING.pause(stopGrace);
            current.interrupt(Interruption.TERMINATED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
