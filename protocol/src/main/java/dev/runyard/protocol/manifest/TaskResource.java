package dev.runyard.protocol.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.run.MachinePreset;
import org.jspecify.annotations.Nullable;

/**
 * One task of a build.
 *
 * @param id unique in its build
 * @param description one sentence for the dashboard
 * @param filePath where its code is, for the dashboard
 * @param exportName name of the class or field that defines it
 * @param entryPoint what the runner loads; the server only stores it
 * @param queue its queue; absent means its own, {@code task/<id>}
 * @param retry its retry settings
 * @param machine the size it needs
 * @param maxDuration longest execution in seconds
 * @param ttl how long a run may wait for its first start, a duration such as {@code 10m}
 * @param triggerSource {@code schedule} for scheduled tasks; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskResource(
        String id,
        @Nullable String description,
        @Nullable String filePath,
        @Nullable String exportName,
        @Nullable String entryPoint,
        @Nullable QueueManifest queue,
        @Nullable RetryOptions retry,
        @Nullable Machine machine,
        @Nullable Integer maxDuration,
        @Nullable String ttl,
        @Nullable String triggerSource) {

    /** @param preset name of a machine size */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Machine(@Nullable MachinePreset preset) {}
}
