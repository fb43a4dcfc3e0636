package dev.runyard.worker;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.runner.attempt.RunLog;
import dev.runyard.runner.telemetry.Intake;
import dev.runyard.runner.telemetry.LogShipper;
import dev.runyard.sdk.TaskLogger;
import dev.runyard.sdk.internal.LogLine;
import dev.runyard.sdk.internal.SinkLogger;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what a run writes with its logger to the server. A run that writes nothing costs no thread. */
final class WorkerLog implements RunLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final WorkerApi api;
    private final WorkerListener listener;
    private final InstantSource clock;
    private final TaskLogger logger;
    private @Nullable TaskRunExecution execution;
    private @Nullable String token;
    private @Nullable LogShipper shipper;

    WorkerLog(WorkerApi api, WorkerListener listener, InstantSource clock) {
        this.api = api;
        this.listener = listener;
        this.clock = clock;
        this.logger = new SinkLogger(this::accept, clock);
    }

    @Override
    public synchronized void begin(TaskRunExecution attempt, @Nullable String bearerToken) {
        execution = attempt;
        token = bearerToken;
        if (shipper != null) {
            shipper.begin(attempt, bearerToken);
        }
    }

    @Override
    public TaskLogger logger() {
        return logger;
    }

    private void accept(LogLine line) {
        TaskRunExecution attempt = ship(line);
        if (attempt != null) {
            listener.line(attempt.task().id(), attempt.run().id().toString(), line);
        }
    }

    private synchronized @Nullable TaskRunExecution ship(LogLine line) {
        if (shipper == null) {
            shipper = new LogShipper(new Intake(api.telemetry(), api.http(), api.json()), clock);
            if (execution != null) {
                shipper.begin(execution, token);
            }
        }
        shipper.accept(line);
        return execution;
    }

    private synchronized @Nullable LogShipper shipper() {
        return shipper;
    }

    @Override
    public void flush(Duration atMost) {
        LogShipper used = shipper();
        if (used != null && !used.flush(atMost)) {
            note("Log lines could not be sent within " + atMost.toSeconds() + " s; going on without them");
        }
    }

    @Override
    public void note(String sentence) {
        TaskRunExecution attempt = execution;
        LOG.warn("{}: {}", attempt == null ? "a run" : attempt.run().id(), sentence);
    }

    @Override
    public void close() {
        LogShipper used = shipper();
        if (used != null) {
            used.close();
        }
    }
}
