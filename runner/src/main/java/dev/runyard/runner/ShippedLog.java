package dev.runyard.runner;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.runner.attempt.RunLog;
import dev.runyard.runner.logs.LogShipper;
import dev.runyard.runner.logs.StandardStreams;
import dev.runyard.sdk.TaskLogger;
import dev.runyard.sdk.internal.SinkLogger;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Captures all that a task writes and brings it to the server. */
final class ShippedLog implements RunLog {
    private final PrintStream containerLog = System.err;
    private final LogShipper shipper;
    private final StandardStreams streams;
    private final TaskLogger logger;

    ShippedLog(LogShipper shipper, InstantSource clock) {
        this.shipper = shipper;
        this.streams = StandardStreams.capture(shipper, clock);
        this.logger = new SinkLogger(
                line -> {
                    shipper.accept(line);
                    streams.echo(line);
                },
                clock);
    }

    @Override
    public void begin(TaskRunExecution execution, @Nullable String bearerToken) {
        shipper.begin(execution, bearerToken);
    }

    @Override
    public TaskLogger logger() {
        return logger;
    }

    @Override
    public void flush(Duration atMost) {
        streams.finishLines();
        if (!shipper.flush(atMost)) {
            note("Log lines could not be sent within " + atMost.toSeconds() + " s; going on without them");
        }
    }

    @Override
    public void note(String sentence) {
        containerLog.println("runyard: " + sentence);
    }
}
