package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WorkerVersionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that is handed to a supervisor.
 *
 * @param version always {@code 1}
 * @param snapshot the version that the supervisor now holds
 * @param dequeuedAt when it was handed out
 * @param workerQueueLength how many runs still wait behind it
 * @param image what to start: an OCI image reference, or {@code bundle:<folder>} for the process workload manager
 * @param checkpoint from where the run goes on, absent where it starts an attempt
 * @param completedWaitpoints results for a run that resumes
 * @param backgroundWorker the version of the code
 * @param deployment its release record
 * @param run what to run
 * @param environment where it belongs
 * @param organization where it belongs
 * @param project where it belongs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DequeuedMessage(
        String version,
        ExecutionSnapshot snapshot,
        Instant dequeuedAt,
        @Nullable Long workerQueueLength,
        @Nullable String image,
        @Nullable Checkpoint checkpoint,
        List<CompletedWaitpoint> completedWaitpoints,
        BackgroundWorker backgroundWorker,
        Deployment deployment,
        Run run,
        Environment environment,
        Owner organization,
        Owner project) {

    /**
     * @param id body of the friendly id
     * @param friendlyId the version
     * @param version its number, such as {@code 20260801.1}
     * @param runtime what runs it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BackgroundWorker(
            String id,
            WorkerVersionId friendlyId,
            String version,
            @Nullable String runtime) {}

    /**
     * @param id body of the friendly id
     * @param friendlyId the release record
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Deployment(@Nullable String id, @Nullable DeploymentId friendlyId) {}

    /**
     * @param id body of the friendly id
     * @param friendlyId the run
     * @param isTest whether it was started from the Test page
     * @param machine the size that it gets
     * @param attemptNumber the attempt that it is about to start, or goes on with
     * @param masterQueue the worker queue
     * @param traceContext W3C trace context of the run
     */
    public record Run(
            String id,
            RunId friendlyId,
            boolean isTest,
            MachineSize machine,
            int attemptNumber,
            String masterQueue,
            Map<String, String> traceContext) {}

    /**
     * @param id the environment
     * @param type {@code PRODUCTION}, {@code STAGING}, {@code DEVELOPMENT} or {@code PREVIEW}
     */
    public record Environment(String id, String type) {}

    /** @param id the organization or project */
    public record Owner(String id) {}
}
