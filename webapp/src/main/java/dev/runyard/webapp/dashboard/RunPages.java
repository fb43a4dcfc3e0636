package dev.runyard.webapp.dashboard;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.trigger.Durations;
import dev.runyard.webapp.dashboard.RunPageResponse.Content;
import dev.runyard.webapp.dashboard.RunPageResponse.Release;
import dev.runyard.webapp.dashboard.RunPageResponse.Worker;
import dev.runyard.webapp.deployment.DeployedVersions;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.worker.Supervisor;
import dev.runyard.webapp.worker.Supervisors;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Puts together what the list and the page of a run show.
@Component
class RunPages {
    private static final Duration SUPERVISOR_MEMORY = Duration.ofDays(30);

    private final RunEngine engine;
    private final DeployedVersions versions;
    private final Supervisors supervisors;
    private final ExplainWait explainWait;
    private final TenantDirectory tenants;
    private final JsonMapper json;

    RunPages(
            RunEngine engine,
            DeployedVersions versions,
            Supervisors supervisors,
            ExplainWait explainWait,
            TenantDirectory tenants,
            JsonMapper json) {
        this.engine = engine;
        this.versions = versions;
        this.supervisors = supervisors;
        this.explainWait = explainWait;
        this.tenants = tenants;
        this.json = json;
    }

    RunItem item(RunView run) {
        return RunItem.of(run, version(run).map(WorkerVersion::number).orElse(null));
    }

    Optional<RunPageResponse> page(RunView run) {
        return engine.queries().detail(run.environmentId(), run.id()).map(this::page);
    }

    private RunPageResponse page(RunDetail detail) {
        RunView run = detail.view();
        return new RunPageResponse(
                item(run),
                Content.of(detail.payload(), detail.payloadType()),
                Content.of(detail.output(), detail.outputType()),
                RunError.ofNullable(detail.error()),
                metadata(run.metadata()),
                run.idempotencyKey(),
                run.ttl() == null ? null : Durations.format(run.ttl()),
                run.delayUntil(),
                run.status() == RunStatus.EXPIRED ? run.completedAt() : null,
                run.maxAttempts(),
                run.maxDurationSeconds(),
                run.concurrencyKey(),
                version(run).map(RunPages::release).orElse(null),
                worker(run.worker()),
                Attempts.of(detail.transitions()),
                detail.transitions().stream().map(TransitionItem::of).toList(),
                WaitItem.of(detail.transitions()),
                explainWait.explain(run).orElse(null),
                RelatedRuns.of(detail, engine),
                RunContext.of(
                        run,
                        tenants.require(run.environmentId()),
                        version(run).map(WorkerVersion::number).orElse(null)));
    }

    private Optional<WorkerVersion> version(RunView run) {
        return run.workerVersionId() == null ? Optional.empty() : versions.find(run.workerVersionId());
    }

    private static @Nullable Release release(WorkerVersion version) {
        return version.deploymentId() == null ? null : new Release(version.deploymentId(), version.number());
    }

    private @Nullable Worker worker(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String manager = supervisors.seenWithin(SUPERVISOR_MEMORY).stream()
                .filter(supervisor -> supervisor.name().equals(name))
                .map(Supervisor::workloadManager)
                .findFirst()
                .orElse(null);
        return new Worker(name, manager);
    }

    private @Nullable JsonNode metadata(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            return tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(text);
        }
    }
}
