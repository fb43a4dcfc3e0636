package dev.runyard.worker;

import dev.runyard.sdk.client.ClientConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a worker works.
 *
 * @param client the server, and the key of the environment whose runs it takes
 * @param concurrency most runs that it executes at once; those that wait do not count
 * @param name names it in the dashboard; a new one for each process
 * @param pollTimeout how long the server may hold a question for runs, and so how long a stop may take to be noticed
 * @param heartbeatInterval time between two signs of life of a run
 * @param lease how long a run stays with this worker while the server cannot be reached; less than the server's lease
 * @param listener hears of attempts
 */
public record WorkerOptions(
        ClientConfig client,
        int concurrency,
        String name,
        Duration pollTimeout,
        Duration heartbeatInterval,
        Duration lease,
        WorkerListener listener) {
    /** What a worker executes at once where nobody said otherwise. */
    public static final int DEFAULT_CONCURRENCY = 10;

    public WorkerOptions {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("the worker's name is empty");
        }
        if (pollTimeout.isNegative() || pollTimeout.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("pollTimeout is between 0 and 30 s, not " + pollTimeout);
        }
        if (!heartbeatInterval.isPositive() || heartbeatInterval.compareTo(lease) >= 0) {
            throw new IllegalArgumentException("heartbeatInterval (%s) is positive and shorter than lease (%s)"
                    .formatted(heartbeatInterval, lease));
        }
    }

    /** The defaults for an environment. */
    public static WorkerOptions of(ClientConfig client) {
        return new WorkerOptions(
                client,
                DEFAULT_CONCURRENCY,
                "worker-" + ProcessHandle.current().pid() + "-"
                        + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                WorkerListener.NONE);
    }

    /** The same with another number of runs at once. */
    public WorkerOptions withConcurrency(int most) {
        return new WorkerOptions(client, most, name, pollTimeout, heartbeatInterval, lease, listener);
    }

    /** The same under another name. */
    public WorkerOptions withName(String other) {
        return new WorkerOptions(client, concurrency, other, pollTimeout, heartbeatInterval, lease, listener);
    }

    /** The same with another time that the server may hold a question. */
    public WorkerOptions withPollTimeout(Duration timeout) {
        return new WorkerOptions(client, concurrency, name, timeout, heartbeatInterval, lease, listener);
    }

    /** The same with signs of life at other times. */
    public WorkerOptions withLease(Duration interval, Duration longest) {
        return new WorkerOptions(client, concurrency, name, pollTimeout, interval, longest, listener);
    }

    /** The same with somebody who hears of attempts. */
    public WorkerOptions withListener(WorkerListener other) {
        return new WorkerOptions(client, concurrency, name, pollTimeout, heartbeatInterval, lease, other);
    }
}
