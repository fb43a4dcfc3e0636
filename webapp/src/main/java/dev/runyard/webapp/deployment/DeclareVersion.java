package dev.runyard.webapp.deployment;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.engine.schedule.ScheduleDeclaration;
import dev.runyard.engine.schedule.SyncOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.webapp.tenant.TenantDirectory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Tells the engine what a version declares besides its tasks: queues and schedules. It comes before the version
/// becomes the current one, so that none of its runs starts under the limits of another.
@Component
class DeclareVersion {
    private static final TypeReference<List<QueueDeclaration>> QUEUES = new TypeReference<>() {};

    private final BackgroundWorkerRepository workers;
    private final TenantDirectory directory;
    private final RunEngine engine;
    private final JsonMapper json;

    DeclareVersion(BackgroundWorkerRepository workers, TenantDirectory directory, RunEngine engine, JsonMapper json) {
        this.workers = workers;
        this.directory = directory;
        this.engine = engine;
        this.json = json;
    }

    /// Declares queues and schedules of a version.
    ///
    /// @return why its schedules cannot be had; nothing was changed then
    Optional<String> declare(EnvironmentId environment, UUID workerId) {
        BackgroundWorker worker = workers.findById(workerId).orElseThrow();
        UUID project = directory.require(environment).project().id();
        SyncOutcome outcome = engine.schedules().sync(project, environment, schedules(worker));
        if (outcome instanceof SyncOutcome.Refused refused) {
            return Optional.of(refused.sentence());
        }
        engine.declareQueues(environment, json.readValue(worker.queues(), QUEUES));
        return Optional.empty();
    }

    private List<ScheduleDeclaration> schedules(BackgroundWorker worker) {
        return worker.tasks().stream()
                .map(task -> json.readValue(task.definition(), TaskResource.class))
                .flatMap(DeclareVersion::schedule)
                .toList();
    }

    private static Stream<ScheduleDeclaration> schedule(TaskResource task) {
        TaskResource.Schedule schedule = task.schedule();
        return schedule == null
                ? Stream.empty()
                : Stream.of(new ScheduleDeclaration(
                        task.id(),
                        schedule.cron(),
                        schedule.timezone(),
                        null,
                        Set.copyOf(Objects.requireNonNullElse(schedule.environments(), List.of()))));
    }
}
