package dev.runyard.sdk;

import dev.runyard.protocol.run.MachinePreset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a task knows of its run, and what it can do with it. Thread-safe; one object per attempt. */
public interface TaskContext extends Triggers, Waits, Spans {

    /** Returns the run. */
    Run run();

    /** Returns the attempt. */
    Attempt attempt();

    /** Returns the id of the task. */
    String taskId();

    /** Returns the path of the source file that defines the task, where the version tells it. */
    String taskFilePath();

    /** Returns the name of the queue that the run came through. */
    String queue();

    /** Returns the id of that queue. */
    String queueId();

    /** Returns the environment that the run belongs to. */
    Environment environment();

    /** Returns the project that the run belongs to. */
    Project project();

    /** Returns the organization that the project belongs to. */
    Organization organization();

    /** Returns the release that the run executes; empty in development. */
    Optional<Deployment> deployment();

    /** Returns the batch that the run is an item of. */
    Optional<String> batchId();

    /** Returns the name of the machine's size. */
    MachinePreset machine();

    /** Returns the size of the machine with its numbers. */
    MachineSize machineSize();

    /** Reads and writes the run's metadata. */
    Metadata metadata();

    /** Labels the run with further tags; at most 10 in total, each at most 128 characters. */
    void addTags(String... tags);

    /**
     * Calls something until it succeeds, within this attempt.
     *
     * <pre>{@code
     * Rate rate = context.retry(Retry.exponential(3, Duration.ofSeconds(1)), () -> rates.today());
     * }</pre>
     *
     * @throws Exception what the last call threw; an {@link AbortTaskRunException} is not repeated
     */
    <T extends @Nullable Object> T retry(Retry retry, Callable<T> action) throws Exception;

    /** Writes to the run's log. */
    TaskLogger logger();

    /**
     * Looks up an environment variable: the project's variables first, then those of the process.
     *
     * <p>{@code System.getenv} shows only the latter, because a project's variables reach the process after it started.
     */
    Optional<String> variable(String name);

    /** Tells whether the attempt is to stop: its run was canceled, lasted too long or was taken from this worker. */
    boolean isCanceled();

    /**
     * Throws where the attempt is to stop. Call it in long loops that never block; blocking calls are interrupted.
     *
     * @throws AttemptStoppedException where {@link #isCanceled()} is true
     */
    void checkCanceled();

    /** Reports how far the attempt is, as a log line whose attributes carry the numbers. */
    void progress(long done, long total, String message);

    /** Reports how far the attempt is where the total is unknown. */
    void progress(long done, String message);

    /** Keeps a value for the other hooks of this attempt. */
    <T> void set(Local<T> local, T value);

    /** Returns a value that this attempt kept. */
    <T> Optional<T> get(Local<T> local);

    /**
     * @param id the run, {@code run_…}
     * @param tags its tags
     * @param isTest whether it was started from the Test page
     * @param isReplay whether it repeats another run
     * @param createdAt when it was triggered
     * @param startedAt when its first attempt started
     * @param idempotencyKey the caller's key
     * @param maxAttempts most attempts, where the caller set them
     * @param version version of the code
     * @param metadata the run's metadata as it was when the attempt started
     * @param idempotencyKeyScope for whom the key is the same: {@code run}, {@code attempt} or {@code global}
     * @param maxDuration longest execution of an attempt in seconds
     * @param priority seconds by which it overtakes others
     * @param parentRunId the run that triggered it
     * @param rootRunId the first run of its tree
     * @param region group of workers
     * @param baseCostInCents price of a start
     */
    record Run(
            String id,
            List<String> tags,
            boolean isTest,
            boolean isReplay,
            Instant createdAt,
            Instant startedAt,
            @Nullable String idempotencyKey,
            @Nullable Integer maxAttempts,
            @Nullable String version,
            Map<String, Object> metadata,
            @Nullable String idempotencyKeyScope,
            @Nullable Integer maxDuration,
            @Nullable Double priority,
            @Nullable String parentRunId,
            @Nullable String rootRunId,
            @Nullable String region,
            @Nullable Double baseCostInCents) {}

    /**
     * @param number from 1
     * @param startedAt when it started
     */
    record Attempt(int number, Instant startedAt) {}

    /**
     * @param id the environment
     * @param slug {@code dev}, {@code stg}, {@code prod} or {@code preview}
     * @param type {@code DEVELOPMENT}, {@code STAGING}, {@code PRODUCTION} or {@code PREVIEW}
     */
    record Environment(String id, String slug, String type) {}

    /**
     * @param ref its name for tools, {@code proj_…}
     * @param name its name
     * @param id the project
     * @param slug its name in URLs
     */
    record Project(String ref, String name, String id, String slug) {}

    /**
     * @param id the organization
     * @param slug its name in URLs
     * @param name its name
     */
    record Organization(String id, String slug, String name) {}

    /**
     * @param id the release
     * @param shortCode its short name
     * @param version version of the code
     * @param runtime what runs it
     * @param runtimeVersion version of that
     */
    record Deployment(String id, String shortCode, String version, String runtime, String runtimeVersion) {}

    /**
     * @param name its name
     * @param cpu virtual CPUs
     * @param memory GiB
     * @param centsPerMs price; 0 on a server of one's own
     */
    record MachineSize(MachinePreset name, double cpu, double memory, double centsPerMs) {}
}
