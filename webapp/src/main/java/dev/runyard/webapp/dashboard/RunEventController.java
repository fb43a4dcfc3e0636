package dev.runyard.webapp.dashboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.telemetry.TelemetryFeed;
import dev.runyard.webapp.telemetry.TelemetryQueries;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Live changes as server-sent events. An event is a hint: the page reads the run again where it needs more.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping(path = "/api/dashboard/v1/environments/{environment}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
class RunEventController {
    /// Streams end by themselves so that a session that ended meanwhile does not read on; browsers connect again.
    private static final Duration MAX_AGE = Duration.ofMinutes(15);

    private static final int MAX_TASKS_REMEMBERED = 50_000;

    private final DashboardRuns runs;
    private final RunEngine engine;
    private final RunChangeFeed feed;
    private final TelemetryFeed telemetryFeed;
    private final TelemetryQueries telemetry;
    private final Cache<RunId, String> tasks =
            Caffeine.newBuilder().maximumSize(MAX_TASKS_REMEMBERED).build();

    RunEventController(
            DashboardRuns runs,
            RunEngine engine,
            RunChangeFeed feed,
            TelemetryFeed telemetryFeed,
            TelemetryQueries telemetry) {
        this.runs = runs;
        this.engine = engine;
        this.feed = feed;
        this.telemetryFeed = telemetryFeed;
        this.telemetry = telemetry;
    }

    @GetMapping("/events")
    SseEmitter events(@PathVariable String environment, HttpServletResponse response) {
        EnvironmentId id = runs.environment(environment);
        SseEmitter emitter = emitter(response);
        RunEventStream stream = RunEventStream.ofAll(emitter, this::describe);
        return open(id, emitter, stream, () -> {});
    }

    @GetMapping("/runs/{run}/events")
    SseEmitter events(@PathVariable String environment, @PathVariable String run, HttpServletResponse response) {
        RunView view = runs.find(environment, run);
        SseEmitter emitter = emitter(response);
        RunEventStream stream =
                RunEventStream.ofOne(emitter, this::describe, view.id(), () -> telemetry.newest(view.id()));
        Runnable unlisten = telemetryFeed.listen(view.id(), stream::telemetryArrived);
        return open(view.environmentId(), emitter, stream, unlisten);
    }

    private SseEmitter open(EnvironmentId environment, SseEmitter emitter, RunEventStream stream, Runnable onEnd) {
        emitter.onTimeout(stream::close);
        emitter.onError(_ -> stream.close());
        emitter.onCompletion(stream::close);
        feed.add(environment, stream);
        Thread.ofVirtual().name("run-events").start(() -> {
            try {
                stream.run();
            } finally {
                feed.remove(environment, stream);
                onEnd.run();
            }
        });
        return emitter;
    }

    private static SseEmitter emitter(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        return new SseEmitter(MAX_AGE.toMillis());
    }

    private Optional<RunChangedEvent> describe(RunChanged change) {
        return taskOf(change)
                .map(task -> new RunChangedEvent(
                        change.runId(),
                        change.status().apiName(),
                        change.version(),
                        task,
                        TimeOrderedIds.instantOf(change.runId().value())));
    }

    private Optional<String> taskOf(RunChanged change) {
        String known = tasks.getIfPresent(change.runId());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> task =
                engine.queries().find(change.environmentId(), change.runId()).map(RunView::taskId);
        task.ifPresent(id -> tasks.put(change.runId(), id));
        return task;
    }
}
