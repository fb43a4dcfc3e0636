package dev.runyard.sdk.internal;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.AttemptStoppedException;
import dev.runyard.sdk.Local;
import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.Metadata;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.SpanBody;
import dev.runyard.sdk.TaskLogger;
import dev.runyard.sdk.TaskSpan;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The context of one attempt, built from what the server sent. */
public final class AttemptContext extends ExecutionFacts {
    private final Surroundings around;
    private final RunMetadata metadata;
    private final RunTriggers triggers;
    private final RunWaits waits;
    private final RunSpans spans;
    private final SpanRef base;
    private final Map<Local<?>, Object> locals = new ConcurrentHashMap<>();
    private volatile TaskLogger logger;
    private volatile Runnable beforeWait = () -> {};
    private volatile Runnable afterWait = () -> {};
    private volatile @Nullable String stopReason;

    /**
     * @param execution what the server sent
     * @param around what the attempt finds around it
     */
    public AttemptContext(TaskRunExecution execution, Surroundings around) {
        super(execution);
        this.around = around;
        this.logger = around.logger();
        SendMetadata send = new SendMetadata(around.server(), around.logger());
        this.metadata =
                new RunMetadata(Objects.requireNonNullElse(execution.run().metadata(), Map.of()), send::send);
        this.spans = new RunSpans(around.spans(), around.time());
        this.base = base(execution.run().traceContext());
        this.triggers = new RunTriggers(execution, around.server(), this::aroundWait, spans);
        this.waits = new RunWaits(
                around.server(), this::aroundWait, new RunWaits.Clock(around.time(), around.pacer()), spans);
    }

    private static SpanRef base(@Nullable Map<String, String> traceContext) {
        return SpanRef.parse(traceContext == null ? null : traceContext.get("traceparent"))
                .orElseGet(SpanRef::newTrace);
    }

    /** Returns the span that the whole run is a part of. */
    SpanRef base() {
        return base;
    }

    @Override
    RunTriggers triggers() {
        return triggers;
    }

    @Override
    RunWaits waits() {
        return waits;
    }

    /** Says what runs before and after each wait. */
    void aroundWaits(Runnable before, Runnable after) {
        beforeWait = before;
        afterWait = after;
    }

    /** Leaves lines below a level out. */
    void logFrom(LogLevel least) {
        logger = new LevelLogger(around.logger(), least);
    }

    InstantSource time() {
        return around.time();
    }

    /** What the run reports is seen before it waits, for that may be long. */
    private <T extends @Nullable Object> T aroundWait(String what, Function<TaskSpan, T> wait) {
        beforeWait.run();
        metadata.flush();
        T got;
        try (RecordedSpan span = spans.open(what, SpanSnapshot.Kind.WAIT)) {
            got = wait.apply(span);
        }
        afterWait.run();
        return got;
    }

    @Override
    public TaskSpan span(String name) {
        return spans.span(name);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T span(String name, SpanBody<T, X> body) throws X {
        return spans.span(name, body);
    }

    /** Tells the task that it is to stop; the first reason holds. */
    public void stop(String reason) {
        if (stopReason == null) {
            stopReason = reason;
        }
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }

    @Override
    public void addTags(String... tags) {
        if (tags.length > 0) {
            around.server().addTags(List.of(tags));
        }
    }

    @Override
    public <T extends @Nullable Object> T retry(Retry retry, Callable<T> action) throws Exception {
        return new Repeat(around.logger(), around.pacer(), RandomGenerator.getDefault(), spans).call(retry, action);
    }

    @Override
    public TaskLogger logger() {
        return logger;
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(around.variables().apply(name));
    }

    @Override
    public boolean isCanceled() {
        return stopReason != null;
    }

    @Override
    public void checkCanceled() {
        String reason = stopReason;
        if (reason != null) {
            throw new AttemptStoppedException(reason);
        }
    }

    @Override
    public void progress(long done, long total, String message) {
        logger().log(LogLevel.INFO, message, Map.of("progress.done", done, "progress.total", total));
    }

    @Override
    public void progress(long done, String message) {
        logger().log(LogLevel.INFO, message, Map.of("progress.done", done));
    }

    @Override
    public <T> void set(Local<T> local, T value) {
        locals.put(local, Objects.requireNonNull(value, local::toString));
    }

    @Override
    @SuppressWarnings("unchecked") // set() only pairs a local with a value of its own type
    public <T> Optional<T> get(Local<T> local) {
        return Optional.ofNullable((T) locals.get(local));
    }
}
