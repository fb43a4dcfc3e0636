package dev.runyard.protocol.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.run.MachinePreset;
import java.util.List;
import java.util.Map;
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
 * @param schedule when it runs by itself
 * @param payloadSchema JSON Schema of its payload
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
        @Nullable String triggerSource,
        @Nullable Schedule schedule,
        @Nullable Map<String, Object> payloadSchema) {

    /** A task without a schedule and a schema. */
    public TaskResource(
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
        this(
                id,
                description,
                filePath,
                exportName,
                entryPoint,
                queue,
                retry,
                machine,
                maxDuration,
                ttl,
                triggerSource,
                null,
                null);
    }

    /**
     * @param cron pattern of five fields
     * @param timezone the zone in which it is meant
     * @param environments types of the environments in which it holds; absent means all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Schedule(
            String cron,
            @Nullable String timezone,
            @Nullable List<String> environments) {}

    /** @param preset name of a machine size */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Machine(@Nullable MachinePreset preset) {}
}
