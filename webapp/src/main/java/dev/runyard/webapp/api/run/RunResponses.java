package dev.runyard.webapp.api.run;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.schedule.ScheduleView;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.ScheduleId;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.webapp.api.shared.CronText;
import dev.runyard.webapp.tenant.TenantDirectory;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts run objects together.
@Component
class RunResponses {
    private final RunEngine engine;
    private final WorkerVersions versions;
    private final TenantDirectory tenants;
    private final RunTexts texts;

    RunResponses(RunEngine engine, WorkerVersions versions, TenantDirectory tenants, RunTexts texts) {
        this.engine = engine;
        this.versions = versions;
        this.tenants = tenants;
        this.texts = texts;
    }

    RunSummary summary(RunView run) {
        String version = run.workerVersionId() == null
                ? null
                : versions.find(run.workerVersionId())
                        .map(WorkerVersion::number)
                        .orElse(null);
        return RunSummary.of(run, version);
    }

    RunResponse full(RunDetail detail) {
        RunView view = detail.view();
        boolean isSuccess = view.status() == RunStatus.COMPLETED_SUCCESSFULLY;
        return new RunResponse(
                summary(view),
                texts.decode(detail.payload(), detail.payloadType()),
                isSuccess ? texts.decode(detail.output(), detail.outputType()) : null,
                detail.error() == null || isSuccess || !view.status().isFinal() ? null : RunError.of(detail.error()),
                schedule(view),
                view.attempt(),
                List.of(),
                related(view));
    }

    /// A schedule that was deleted is not shown.
    private RunResponse.@Nullable Schedule schedule(RunView view) {
        ScheduleId id = engine.schedules().triggeredBy(List.of(view.id())).get(view.id());
        UUID project = tenants.require(view.environmentId()).project().id();
        return id == null
                ? null
                : engine.schedules()
                        .find(project, id.toString())
                        .map(ScheduleView::schedule)
                        .map(schedule -> new RunResponse.Schedule(
                                schedule.id().toString(),
                                schedule.externalId(),
                                schedule.isKeyGiven() ? schedule.deduplicationKey() : null,
                                CronText.of(schedule.cron())))
                        .orElse(null);
    }

    private RunResponse.Related related(RunView view) {
        List<RunSummary> children =
                engine.queries().children(view.id()).stream().map(this::summary).toList();
        RunSummary parent = summary(view, view.parent());
        RunSummary root =
                view.root() != null && view.root().equals(view.parent()) ? parent : summary(view, view.root());
        return new RunResponse.Related(root, parent, children);
    }

    private @Nullable RunSummary summary(RunView of, @Nullable RunId id) {
        return id == null
                ? null
                : engine.queries()
                        .find(of.environmentId(), id)
                        .map(this::summary)
                        .orElse(null);
    }
}
