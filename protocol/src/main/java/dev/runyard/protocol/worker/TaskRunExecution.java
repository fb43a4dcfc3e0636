package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a runner needs to execute an attempt; also the source of the context that task code sees.
 *
 * @param attempt the attempt
 * @param run the run with its payload
 * @param task the task
 * @param queue the queue that it came through
 * @param environment where it belongs
 * @param organization where it belongs
 * @param project where it belongs
 * @param machine the size that it has
 * @param deployment the release; absent in development
 * @param batch the batch that it is an item of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskRunExecution(
        Attempt attempt,
        Run run,
        Task task,
        Named queue,
        Environment environment,
        Organization organization,
        Project project,
        MachineSize machine,
        @Nullable Deployment deployment,
        @Nullable Batch batch) {
    /** An execution of a run that is no item of a batch. */
    public TaskRunExecution(
            Attempt attempt,
            Run run,
            Task task,
            Named queue,
            Environment environment,
            Organization organization,
            Project project,
            MachineSize machine,
            @Nullable Deployment deployment) {
        this(attempt, run, task, queue, environment, organization, project, machine, deployment, null);
    }

    /** @param id the batch */
    public record Batch(String id) {}

    /**
     * @param number from 1
     * @param startedAt when the server let it start
     */
    public record Attempt(int number, Instant startedAt) {}

    /**
     * @param id the run
     * @param payload the serialized payload
     * @param payloadType its media type
     * @param tags the run's tags
     * @param isTest whether it was started from the Test page
     * @param isReplay whether it repeats another run
     * @param createdAt when it was triggered
     * @param startedAt when its first attempt started
     * @param idempotencyKey the caller's key
     * @param maxAttempts most attempts
     * @param version version of the code
     * @param metadata the run's metadata
     * @param maxDuration longest execution in seconds
     * @param priority seconds by which it overtakes others
     * @param parentTaskRunId the run that triggered it
     * @param rootTaskRunId the first run of its tree
     * @param traceContext W3C trace context
     * @param idempotencyKeyScope for whom the key is the same: {@code run}, {@code attempt} or {@code global}
     * @param region group of workers
     * @param baseCostInCents price of a start
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Run(
            RunId id,
            String payload,
            String payloadType,
            List<String> tags,
            boolean isTest,
            boolean isReplay,
            Instant createdAt,
            Instant startedAt,
            @Nullable String idempotencyKey,
            @Nullable Integer maxAttempts,
            @Nullable String version,
            @Nullable Map<String, Object> metadata,
            @Nullable Integer maxDuration,
            @Nullable Double priority,
            @Nullable RunId parentTaskRunId,
            @Nullable RunId rootTaskRunId,
            @Nullable Map<String, String> traceContext,
            @Nullable String idempotencyKeyScope,
            @Nullable String region,
            @Nullable Double baseCostInCents) {
        /** A run of which no more is known than every server tells. */
        public Run(
                RunId id,
                String payload,
                String payloadType,
                List<String> tags,
                boolean isTest,
                boolean isReplay,
                Instant createdAt,
                Instant startedAt,
                @Nullable String idempotencyKey,
                @Nullable Integer maxAttempts,
                @Nullable String version,
                @Nullable Map<String, Object> metadata,
                @Nullable Integer maxDuration,
                @Nullable Double priority,
                @Nullable RunId parentTaskRunId,
                @Nullable RunId rootTaskRunId,
                @Nullable Map<String, String> traceContext) {
            this(
                    id,
                    payload,
                    payloadType,
                    tags,
                    isTest,
                    isReplay,
                    createdAt,
                    startedAt,
                    idempotencyKey,
                    maxAttempts,
                    version,
                    metadata,
                    maxDuration,
                    priority,
                    parentTaskRunId,
                    rootTaskRunId,
                    traceContext,
                    null,
                    null,
                    null);
        }
    }

    /**
     * @param id the task
     * @param filePath where its code is
     */
    public record Task(String id, String filePath) {}

    /**
     * @param id of the queue
     * @param name of the queue
     */
    public record Named(String id, String name) {}

    /**
     * @param id the environment
     * @param slug {@code dev}, {@code stg}, {@code prod} or {@code preview}
     * @param type {@code PRODUCTION}, {@code STAGING}, {@code DEVELOPMENT} or {@code PREVIEW}
     */
    public record Environment(String id, String slug, String type) {}

    /**
     * @param id the organization
     * @param slug its name in URLs
     * @param name its name
     */
    public record Organization(String id, String slug, String name) {}

    /**
     * @param id the project
     * @param ref its name for tools, {@code proj_…}
     * @param slug its name in URLs
     * @param name its name
     */
    public record Project(String id, String ref, String slug, String name) {}

    /**
     * @param id the release
     * @param shortCode its short name
     * @param version version of the code
     * @param runtime what runs it
     * @param runtimeVersion version of that
     */
    public record Deployment(String id, String shortCode, String version, String runtime, String runtimeVersion) {}
}
