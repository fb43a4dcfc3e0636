package dev.runyard.sdk.client;

import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.sdk.Triggerable;
import dev.runyard.sdk.internal.CurrentRun;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TriggerOptions;
import dev.runyard.sdk.serde.PayloadCodec;
import dev.runyard.sdk.serde.PayloadException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client of a Runyard server. Thread-safe; make one and keep it.
 *
 * <pre>{@code
 * try (Runyard runyard = Runyard.fromEnvironment()) {
 *     RunHandle<Reply> run = runyard.trigger(HelloWorld.HELLO, new Greeting("Ada"));
 *     switch (run.await(Duration.ofMinutes(1))) {
 *         case RunResult.Completed<Reply> completed -> System.out.println(completed.output().message());
 *         case RunResult<Reply> other -> System.err.println("no greeting: " + other);
 *     }
 * }
 * }</pre>
 */
public final class Runyard implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final PayloadCodec codec = new PayloadCodec();
    private final HttpClient http;
    private final ApiCall call;
    private final Runs runs;
    private final BulkActions bulkActions;

    Runyard(ClientConfig config, Pacer pacer, InstantSource clock) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        this.call = new ApiCall(config, http, pacer, clock);
        this.runs = new Runs(call, pacer, System::nanoTime);
        this.bulkActions = new BulkActions(call, pacer, System::nanoTime);
    }

    /** Makes a client. It connects at its first call. */
    public static Runyard connect(ClientConfig config) {
        return new Runyard(config, Pacer.SLEEPING, InstantSource.system());
    }

    /** Makes a client for the server and environment that {@link ClientConfig#fromEnvironment} finds. */
    public static Runyard fromEnvironment() {
        return connect(ClientConfig.fromEnvironment());
    }

    /** Triggers a run. When this returns, the server has it for certain. */
    public <I extends @Nullable Object, O extends @Nullable Object> RunHandle<O> trigger(
            Triggerable<I, O> task, I payload) {
        return trigger(task, payload, TriggerOptions.none());
    }

    /**
     * Triggers a run with options.
     *
     * @throws PayloadException where the payload cannot be written as JSON
     * @throws ApiException where the server refused it or could not be reached
     */
    public <I extends @Nullable Object, O extends @Nullable Object> RunHandle<O> trigger(
            Triggerable<I, O> task, I payload, TriggerOptions options) {
        String json = codec.encode(payload);
        JsonNode answer = call.post(
                "/api/v1/tasks/" + Runs.encode(task.id()) + "/trigger",
                new TriggerRequest(
                        json,
                        options.toWire(
                                json != null,
                                CurrentRun.get().map(CurrentRun::id).orElse(null))));
        String id = RunJson.id(answer);
        return new RunHandle<>(id, answer.path("isCached").asBoolean(false), task.outputType(), runs);
    }

    /**
     * Triggers a run and waits for its end.
     *
     * @throws AwaitTimeoutException where it has not ended in that time; it goes on
     */
    public <I extends @Nullable Object, O extends @Nullable Object> RunResult<O> triggerAndAwait(
            Triggerable<I, O> task, I payload, Duration patience) {
        return trigger(task, payload).await(patience);
    }

    /** Reads and changes runs. */
    public Runs runs() {
        return runs;
    }

    /** Triggers and reads batches. */
    public Batches batches() {
        return new Batches(call);
    }

    /** Makes and changes schedules. */
    public Schedules schedules() {
        return new Schedules(call);
    }

    /** Cancels or replays many runs at once. */
    public BulkActions bulkActions() {
        return bulkActions;
    }

    /** Reads deployments, and says which of them new runs get. */
    public Deployments deployments() {
        return new Deployments(call);
    }

    /** Makes tokens that may be given to browsers. */
    public PublicTokens publicTokens() {
        return new PublicTokens(call);
    }

    /** Reads and steers queues. */
    public Queues queues() {
        return new Queues(call);
    }

    /**
     * Reads and changes environment variables.
     *
     * @param projectRef the project, {@code proj_…}
     * @param environment {@code dev}, {@code staging}, {@code prod} or {@code preview}
     */
    public EnvironmentVariables environmentVariables(String projectRef, String environment) {
        return new EnvironmentVariables(call, projectRef, environment);
    }

    /** Makes and completes tokens that runs wait for. */
    public Waitpoints waitpoints() {
        return new Waitpoints(call);
    }

    @Override
    public void close() {
        // Not close(), which would wait for connections that the server holds open.
        http.shutdownNow();
    }
}
