package dev.runyard.webapp.worker;

import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.Ids;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.webapp.deployment.DeployedVersions;
import dev.runyard.webapp.tenant.QueueIds;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Gives a runner everything that it needs to execute an attempt.
@Component
class StartedAttempts {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final double MILLIS_PER_SECOND = 1_000;

    private final TenantDirectory tenants;
    private final DeployedVersions versions;
    private final TaskEnvironment taskEnvironment;
    private final JsonMapper json;

    StartedAttempts(
            TenantDirectory tenants, DeployedVersions versions, TaskEnvironment taskEnvironment, JsonMapper json) {
        this.tenants = tenants;
        this.versions = versions;
        this.taskEnvironment = taskEnvironment;
        this.json = json;
    }

    StartAttemptResponse answer(StartOutcome.Started started) {
        RunState state = started.state();
        TenantEnvironment environment =
                tenants.findEnvironment(state.environmentId()).orElseThrow();
        return new StartAttemptResponse(
                Snapshots.snapshotOf(state),
                Snapshots.metadataOf(state),
                execution(started, environment),
                taskEnvironment.of(state, environment));
    }

    private TaskRunExecution execution(StartOutcome.Started started, TenantEnvironment environment) {
        RunState state = started.state();
        Optional<WorkerVersion> version =
                Optional.ofNullable(state.workerVersionId()).flatMap(versions::find);
        Instant attemptStart = Objects.requireNonNullElse(state.attemptStartedAt(), state.updatedAt());
        return new TaskRunExecution(
                new TaskRunExecution.Attempt(state.attempt(), attemptStart),
                run(started, version.map(WorkerVersion::number).orElse(null)),
                new TaskRunExecution.Task(
                        state.taskId(),
                        version.flatMap(known -> known.task(state.taskId()))
                                .map(TaskResource::filePath)
                                .orElse("")),
                new TaskRunExecution.Named(QueueIds.of(state.environmentId(), state.queue()), state.queue()),
                new TaskRunExecution.Environment(
                        environment.id().toString(),
                        environment.slug(),
                        environment.type().name()),
                organization(environment.organization()),
                project(environment.project()),
                DequeuedMessages.machineOf(state),
                Optional.ofNullable(state.workerVersionId())
                        .flatMap(versions::release)
                        .orElse(null));
    }

    private TaskRunExecution.Run run(StartOutcome.Started started, @Nullable String version) {
        RunState state = started.state();
        RunDetail detail = started.detail();
        RunView view = detail.view();
        return new TaskRunExecution.Run(
                state.runId(),
                Objects.requireNonNullElse(detail.payload(), ""),
                detail.payloadType(),
                view.tags(),
                view.isTest(),
                detail.replayOf() != null,
                view.createdAt(),
                Objects.requireNonNullElse(state.startedAt(), state.updatedAt()),
                view.idempotencyKey(),
                state.maxAttempts(),
                version,
                view.metadata() == null ? null : json.readValue(view.metadata(), OBJECT),
                state.maxDurationSeconds(),
                detail.priorityMs() == 0 ? null : detail.priorityMs() / MILLIS_PER_SECOND,
                view.parent(),
                view.root(),
                DequeuedMessages.traceContext(detail.traceParent()));
    }

    private static TaskRunExecution.Organization organization(TenantEnvironment.OwningOrganization organization) {
        return new TaskRunExecution.Organization(
                "org_" + Ids.encode(organization.id()), organization.slug(), organization.title());
    }

    private static TaskRunExecution.Project project(TenantEnvironment.OwningProject project) {
        return new TaskRunExecution.Project(
                "proj_" + Ids.encode(project.id()), project.ref(), project.slug(), project.name());
    }
}
