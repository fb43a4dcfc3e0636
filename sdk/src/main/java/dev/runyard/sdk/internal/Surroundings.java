package dev.runyard.sdk.internal;

import dev.runyard.sdk.TaskLogger;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt finds around it.
 *
 * @param logger takes its lines
 * @param variables looks up environment variables
 * @param server takes what it asks for
 * @param time tells the time
 * @param pacer lets time pass
 * @param spans takes its spans
 */
public record Surroundings(
        TaskLogger logger,
        Function<String, @Nullable String> variables,
        RunServer server,
        InstantSource time,
        Pacer pacer,
        SpanSink spans) {

    /** The same where nobody takes spans. */
    public Surroundings(
            TaskLogger logger,
            Function<String, @Nullable String> variables,
            RunServer server,
            InstantSource time,
            Pacer pacer) {
        this(logger, variables, server, time, pacer, SpanSink.NONE);
    }
}
