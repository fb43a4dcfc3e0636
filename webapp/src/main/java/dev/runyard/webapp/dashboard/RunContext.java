package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the task's code is told of its run, as far as the server knows it beforehand.
///
/// @param task its id
/// @param attempt number of the newest attempt
/// @param run the run
/// @param queue its queue
/// @param environment the environment
/// @param project the project
/// @param organization the organization
/// @param batch batch that the run was triggered in
/// @param machine size of the machine
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunContext(
        String task,
        int attempt,
        Run run,
        String queue,
        Environment environment,
        Project project,
        Organization organization,
        @Nullable BatchId batch,
        @Nullable MachinePreset machine) {

    /// The run.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Run(
            RunId id,
            List<String> tags,
            boolean isTest,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable String idempotencyKey,
            @Nullable Integer maxAttempts,
            @Nullable Integer maxDuration,
            @Nullable RunId parentRunId,
            @Nullable RunId rootRunId,
            @Nullable String version) {}

    /// The environment.
    record Environment(EnvironmentId id, String slug, String type) {}

    /// The project.
    record Project(String ref, String slug, String name) {}

    /// The organization.
    record Organization(String slug, String name) {}

    static RunContext of(RunView run, TenantEnvironment tenant, @Nullable String version) {
        return new RunContext(
                run.taskId(),
                run.attempt(),
                new Run(
                        run.id(),
                        run.tags(),
                        run.isTest(),
                        run.createdAt(),
                        run.startedAt(),
                        run.idempotencyKey(),
                        run.maxAttempts(),
                        run.maxDurationSeconds(),
                        run.parent(),
                        run.root(),
                        version),
                run.queue(),
                new Environment(tenant.id(), tenant.slug(), tenant.type().name()),
                new Project(
                        tenant.project().ref(),
                        tenant.project().slug(),
                        tenant.project().name()),
                new Organization(
                        tenant.organization().slug(), tenant.organization().title()),
                run.batch(),
                run.machine());
    }
}
