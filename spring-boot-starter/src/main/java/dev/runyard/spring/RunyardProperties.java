package dev.runyard.spring;

import dev.runyard.worker.WorkerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the client and the worker.
 *
 * @param url address of the server
 * @param secretKey secret key of the environment; without one there is neither a client nor a worker
 * @param worker the worker inside this application
 */
@ConfigurationProperties("runyard")
public record RunyardProperties(
        @DefaultValue("http://localhost:3030") String url,
        @Nullable String secretKey,
        @DefaultValue Worker worker) {

    /**
     * @param enabled whether this application executes the runs of its tasks
     * @param concurrency most runs that it executes at once; those that wait do not count
     * @param name names this process in the dashboard; a new name for each start where absent
     * @param build names the code, such as its commit: the same tasks of another build are registered as another version
     * @param shutdownGrace how long runs may go on after the application was asked to stop
     * @param pollTimeout how long the server may hold a question for runs
     * @param heartbeatInterval time between two signs of life of a run
     * @param lease how long a run stays with this process while the server cannot be reached
     */
    public record Worker(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("" + WorkerOptions.DEFAULT_CONCURRENCY)
            int concurrency,

            @Nullable String name,
            @Nullable String build,
            @DefaultValue("20s") Duration shutdownGrace,
            @DefaultValue("5s") Duration pollTimeout,
            @DefaultValue("20s") Duration heartbeatInterval,
            @DefaultValue("60s") Duration lease) {}

    /** The key must not get into a log. */
    @Override
    public String toString() {
        return "RunyardProperties[url=%s, secretKey=%s, worker=%s]"
                .formatted(url, secretKey == null ? "none" : "***", worker);
    }
}
