package dev.runyard.sdk.client;

import dev.runyard.protocol.trigger.Durations;
import dev.runyard.sdk.Triggerable;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.run.IdempotencyKey;
import dev.runyard.sdk.run.RunResult;
import java.lang.reflect.Type;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and changes runs. Thread-safe. */
public final class Runs {
    private static final Duration FIRST_LOOK = Duration.ofMillis(100);
    private static final Duration SLOWEST_LOOK = Duration.ofSeconds(1);

    private final ApiCall call;
    private final Pacer pacer;
    private final LongSupplier nanoTime;

    Runs(ApiCall call, Pacer pacer, LongSupplier nanoTime) {
        this.call = call;
        this.pacer = pacer;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads a run.
     *
     * @throws ApiException.NotFound where the key's environment has no such run
     */
    public Run retrieve(String runId) {
        return RunJson.run(call.get("/api/v3/runs/" + encode(runId)));
    }

    /** Reads a page of runs, newest first. */
    public RunPage list(RunQuery query) {
        return RunJson.page(call.get("/api/v1/runs" + query.toQueryString()));
    }

    /** Reads all runs, page by page as the stream is consumed. */
    public Stream<Run> stream(RunQuery query) {
        return Stream.iterate(
                        Optional.of(list(query)),
                        Optional::isPresent,
                        page -> page.flatMap(RunPage::next).map(cursor -> list(query.after(cursor))))
                .flatMap(page -> page.orElseThrow().runs().stream());
    }

    /** Reads what a run's time was spent on, as a tree that begins with the run. */
    public TraceSpan trace(String runId) {
        return TraceSpan.of(call.get("/api/v1/runs/" + encode(runId) + "/trace").at("/trace/rootSpan"));
    }

    /** Cancels a run; one that already ended stays as it is. */
    public void cancel(String runId) {
        call.post("/api/v2/runs/" + encode(runId) + "/cancel", null);
    }

    /** Triggers a new run with the same task, payload and options; returns its id. */
    public String replay(String runId) {
        return RunJson.id(call.post("/api/v1/runs/" + encode(runId) + "/replay", null));
    }

    /** Lets a run that is delayed start after another time, from now. */
    public Run reschedule(String runId, Duration delay) {
        Map<String, String> body = Map.of("delay", Durations.format(delay));
        return RunJson.run(call.post("/api/v1/runs/" + encode(runId) + "/reschedule", body));
    }

    /** Labels a run with further tags; at most 10 in total. */
    public void addTags(String runId, String... tags) {
        call.post("/api/v1/runs/" + encode(runId) + "/tags", Map.of("tags", List.of(tags)));
    }

    /** Forgets an idempotency key, so that the next trigger of the task makes a run. */
    public void resetIdempotencyKey(Triggerable<?, ?> task, IdempotencyKey key) {
        call.post("/api/v1/idempotencyKeys/" + key.hash() + "/reset", Map.of("taskIdentifier", task.id()));
    }

    /** Waits until a run ends, by looking at it ten times a second at first and once a second later. */
    public Run await(String runId, Duration patience) {
        long begin = nanoTime.getAsLong();
        Duration pause = FIRST_LOOK;
        while (true) {
            Run run = retrieve(runId);
            if (run.isFinal()) {
                return run;
            }
            if (nanoTime.getAsLong() - begin >= patience.toNanos()) {
                throw new AwaitTimeoutException(runId, run.status(), patience);
            }
            pacer.pauseFor("run " + runId, pause);
            Duration slower = pause.multipliedBy(3).dividedBy(2);
            pause = slower.compareTo(SLOWEST_LOOK) > 0 ? SLOWEST_LOOK : slower;
        }
    }

    <O extends @Nullable Object> RunResult<O> awaitResult(String runId, Type outputType, Duration patience) {
        Optional<RunResult<O>> result = await(runId, patience).result(outputType);
        return result.orElseThrow(() -> new IllegalStateException("a run that ended has a result"));
    }

    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
