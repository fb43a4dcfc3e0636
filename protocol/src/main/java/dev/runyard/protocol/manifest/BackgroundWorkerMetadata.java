package dev.runyard.protocol.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build as its indexer describes it.
 *
 * @param packageVersion version of the SDK that it was built with
 * @param contentHash identity of the build
 * @param cliPackageVersion version of the tool that indexed it
 * @param tasks its tasks
 * @param queues queues shared by tasks
 * @param runtime what runs it, {@code java} for ours
 * @param runtimeVersion version of that
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackgroundWorkerMetadata(
        String packageVersion,
        String contentHash,
        @Nullable String cliPackageVersion,
        List<TaskResource> tasks,
        @Nullable List<QueueManifest> queues,
        @Nullable String runtime,
        @Nullable String runtimeVersion) {}
