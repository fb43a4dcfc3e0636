package dev.runyard.webapp.dashboard.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunFilter;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.dashboard.DashboardRuns;
import dev.runyard.webapp.dashboard.NotFound;
import dev.runyard.webapp.dashboard.page.TaskActivity.Activity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tasks of an environment: what its current version declares, and how their runs fare.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/environments/{environment}")
class TaskController {
    private static final int RECENT_PAYLOADS = 10;
    private static final int LONGEST_PAYLOAD = 65_536;

    private final TaskQueries queries;
    private final TaskActivity activity;
    private final DashboardRuns runs;
    private final RunEngine engine;
    private final JsonMapper json;

    TaskController(TaskQueries queries, TaskActivity activity, DashboardRuns runs, RunEngine engine, JsonMapper json) {
        this.queries = queries;
        this.activity = activity;
        this.runs = runs;
        this.engine = engine;
        this.json = json;
    }

    /// @param id of the task
    /// @param version that declares it
    /// @param definition as its build declared it
    /// @param activity of its runs within a day
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TaskItem(
            String id,
            String version,
            JsonNode definition,
            @Nullable Activity activity) {}

    record TaskList(List<TaskItem> data) {}

    /// @param id the run that had it
    /// @param payload its text
    /// @param payloadType its media type
    record Payload(RunId id, String status, Instant createdAt, String payload, String payloadType) {}

    record PayloadList(List<Payload> data) {}

    @GetMapping("/tasks")
    TaskList list(@PathVariable String environment) {
        EnvironmentId id = runs.environment(environment);
        Map<String, Activity> known = activity.of(id);
        return new TaskList(queries.tasks(id).stream()
                .map(task -> item(task, known.getOrDefault(task.taskId(), Activity.NONE)))
                .toList());
    }

    @GetMapping("/deployments/{deployment}/tasks")
    TaskList ofDeployment(@PathVariable String environment, @PathVariable String deployment) {
        EnvironmentId id = runs.environment(environment);
        DeploymentId release = parse(deployment).orElseThrow(() -> new NotFound("deployment"));
        if (!queries.hasDeployment(id, release.value())) {
            throw new NotFound("deployment");
        }
        return new TaskList(queries.tasksOf(id, release.value()).stream()
                .map(task -> item(task, null))
                .toList());
    }

    /// What the newest runs of a task got, to start the next one from.
    @GetMapping("/payloads")
    PayloadList payloads(@PathVariable String environment, @RequestParam String task) {
        EnvironmentId id = runs.environment(environment);
        RunFilter filter =
                new RunFilter(id, Set.of(), Set.of(task), Set.of(), Set.of(), Set.of(), Set.of(), null, null, null);
        List<RunView> newest = engine.queries()
                .list(filter, new RunFilter.Page(RECENT_PAYLOADS, null, null))
                .runs();
        return new PayloadList(
                newest.stream().flatMap(run -> payload(run).stream()).toList());
    }

    private Optional<Payload> payload(RunView run) {
        return engine.queries()
                .detail(run.environmentId(), run.id())
                .filter(detail -> detail.payload() != null && detail.payload().length() <= LONGEST_PAYLOAD)
                .map(detail -> new Payload(
                        run.id(),
                        run.status().apiName(),
                        run.createdAt(),
                        String.valueOf(detail.payload()),
                        detail.payloadType()));
    }

    private TaskItem item(TaskQueries.Declared task, @Nullable Activity known) {
        return new TaskItem(task.taskId(), task.version(), json.readTree(task.definition()), known);
    }

    private static Optional<DeploymentId> parse(String text) {
        try {
            return Optional.of(DeploymentId.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
