package dev.runyard.supervisor.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.run.CheckpointType;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.ConnectResponse;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.ExecutionResult;
import dev.runyard.protocol.worker.ImageCheckResult;
import dev.runyard.protocol.worker.ImageChecksResponse;
import dev.runyard.protocol.worker.ImageChecksResponse.ImageCheck;
import dev.runyard.protocol.worker.LatestSnapshotResponse;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.SnapshotsSinceResponse;
import dev.runyard.protocol.worker.SuspendRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The webapp's routes for supervisors over a few runs in memory.
public final class FakeWebapp implements AutoCloseable {
    public static final String TOKEN = "tr_wgt_0123456789012345678901234567890123456789";

    private static final String PREFIX = "/engine/v1/worker-actions";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

    /// What a route answers.
    record Answer(int status, Object body) {}

    private final HttpServer server;
    private final Map<RunId, FakeRun> runs = new LinkedHashMap<>();
    private final Deque<FakeRun> queue = new ArrayDeque<>();
    private final Deque<DequeuedMessage> redelivered = new ArrayDeque<>();
    private final Map<String, DeploymentId> deployments = new ConcurrentHashMap<>();
    private final List<ImageCheck> wantedChecks = new ArrayList<>();
    private final Map<DeploymentId, ImageCheckResult> checkResults = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private volatile AttemptStatus afterFailure = AttemptStatus.RUN_FINISHED;

    public FakeWebapp() throws IOException {
        this(0);
    }

    public FakeWebapp(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PREFIX, this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Queues a run whose payload tells the stand-in for the runner what to do.
    public synchronized RunId enqueue(String image, String payload) {
        return enqueue(image, payload, MachinePreset.MICRO);
    }

    public synchronized RunId enqueue(String image, String payload, MachinePreset machine) {
        FakeRun run = new FakeRun(new RunId(IDS.next()), image, payload, machine);
        runs.put(run.id(), run);
        queue.add(run);
        notifyAll();
        return run.id();
    }

    /// Queues a run whose process was stored somewhere while it waited.
    public synchronized RunId enqueueStored(String image, String location) {
        RunId run = enqueue(image, "complete");
        known(run).store(new Checkpoint(null, null, CheckpointType.DOCKER, location, null, null));
        return run;
    }

    /// Hands a queued run out to nobody, as where its queue is full.
    public synchronized void block(RunId run) {
        queue.remove(known(run));
    }

    /// Wants an image to be tried.
    public synchronized DeploymentId wantCheck(String image) {
        DeploymentId deployment = new DeploymentId(IDS.next());
        wantedChecks.add(new ImageCheck(deployment, "20261121.1", image, "java"));
        return deployment;
    }

    public @Nullable ImageCheckResult checkResult(DeploymentId deployment) {
        return checkResults.get(deployment);
    }

    /// Hands a run out again that is being started, as if the answer had been lost.
    public synchronized void handOutAgain(RunId run) {
        redelivered.add(message(known(run), known(run).history.getLast()));
        notifyAll();
    }

    /// Moves a run as the engine would on its own account.
    public synchronized void move(RunId run, ExecutionStatus status) {
        FakeRun moved = known(run);
        moved.move(status);
        if (status == ExecutionStatus.QUEUED) {
            queue.add(moved);
        }
        notifyAll();
    }

    public synchronized ExecutionStatus status(RunId run) {
        return known(run).status();
    }

    /// Returns the version of a run.
    public synchronized SnapshotId latest(RunId run) {
        return known(run).history.getLast().snapshot().friendlyId();
    }

    public synchronized int attempts(RunId run) {
        return known(run).attempts;
    }

    public synchronized int heartbeats(RunId run) {
        return known(run).heartbeats;
    }

    public synchronized @Nullable Completion completion(RunId run) {
        return known(run).completion();
    }

    public synchronized List<Completion> completions(RunId run) {
        return List.copyOf(known(run).completions);
    }

    /// Returns why a run's process was not stored while it waited, as it was told.
    public synchronized List<String> reasonsToStay(RunId run) {
        return List.copyOf(known(run).reasonsToStay);
    }

    /// Returns how often a route was called, named by its last path segment.
    public int calls(String route) {
        return calls.computeIfAbsent(route, _ -> new AtomicInteger()).get();
    }

    public List<String> bodies() {
        return List.copyOf(bodies);
    }

    /// Lets every call fail with 503, or not any more.
    public void setBroken(boolean isBroken) {
        broken = isBroken;
    }

    /// Says what becomes of runs whose attempts fail from now on.
    public void setAfterFailure(AttemptStatus status) {
        afterFailure = status;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = broken ? error(503, "broken") : authorized(exchange, path, body);
            byte[] bytes = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer authorized(HttpExchange exchange, String path, byte[] body) {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
        if (!authorization.equals("Bearer " + TOKEN)
                || !exchange.getRequestHeaders().containsKey("x-trigger-worker-instance-name")) {
            return error(401, "Invalid or missing worker token");
        }
        calls.computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), _ -> new AtomicInteger())
                .incrementAndGet();
        return route(path.substring(1).split("/"), body);
    }

    private Answer route(String[] path, byte[] body) {
        return switch (path[0]) {
            case "connect" -> {
                bodies.add(new String(body, StandardCharsets.UTF_8));
                yield new Answer(200, new ConnectResponse(true, new ConnectResponse.WorkerGroup("MANAGED", "main")));
            }
            case "dequeue" -> new Answer(200, dequeue(JSON.readValue(body, DequeueRequest.class)));
            case "heartbeat" -> {
                bodies.add(new String(body, StandardCharsets.UTF_8));
                yield new Answer(200, Map.of("ok", true));
            }
            case "runs" ->
                path[1].equals("changes")
                        ? new Answer(200, changes(JSON.readValue(body, RunChangesRequest.class)))
                        : run(path, body);
            case "image-checks" -> imageChecks(path, body);
            default -> error(404, "no such route");
        };
    }

    private synchronized Answer imageChecks(String[] path, byte[] body) {
        if (path[1].equals("take")) {
            List<ImageCheck> taken = List.copyOf(wantedChecks);
            wantedChecks.clear();
            return new Answer(200, new ImageChecksResponse(taken));
        }
        checkResults.put(DeploymentId.parse(path[1]), JSON.readValue(body, ImageCheckResult.class));
        return new Answer(200, Map.of("ok", true));
    }

    private synchronized Answer run(String[] path, byte[] body) {
        FakeRun run = runs.get(RunId.parse(path[1]));
        if (run == null) {
            return error(404, "no such run");
        }
        String action = path[path.length - 1];
        if (path[3].equals("latest")) {
            return new Answer(200, new LatestSnapshotResponse(run.history.getLast()));
        }
        if (path[3].equals("since")) {
            int known = SnapshotId.parse(path[4]).version();
            return new Answer(200, new SnapshotsSinceResponse(run.history.subList(known, run.history.size())));
        }
        if (action.equals("heartbeat")) {
            run.heartbeats++;
            return new Answer(200, Map.of("ok", true));
        }
        if (!run.isAt(path[3])) {
            return error(action.equals("start") ? 409 : 400, "Snapshot ID doesn't match the latest snapshot");
        }
        return switch (action) {
            case "start" -> start(run);
            case "continue" -> {
                run.checkpoint = null;
                RunExecutionData now = run.move(ExecutionStatus.EXECUTING);
                yield new Answer(200, new ExecutionResult(now.snapshot(), now.run()));
            }
            case "suspend" -> suspend(run, JSON.readValue(body, SuspendRequest.class));
            default -> complete(run, JSON.readValue(body, CompleteAttemptRequest.class));
        };
    }

    private Answer start(FakeRun run) {
        run.attempts++;
        RunExecutionData started = run.move(ExecutionStatus.EXECUTING);
        notifyAll();
        return new Answer(
                200,
                Map.of(
                        "snapshot", started.snapshot(),
                        "run", started.run(),
                        "execution", Map.of("run", Map.of("payload", run.payload)),
                        "envVars", Map.of()));
    }

    private static Answer suspend(FakeRun run, SuspendRequest request) {
        if (request.success()) {
            run.checkpoint = request.checkpoint();
            run.move(ExecutionStatus.SUSPENDED);
        } else {
            run.reasonsToStay.add(String.valueOf(request.error()));
        }
        return new Answer(200, Map.of("ok", true));
    }

    private Answer complete(FakeRun run, CompleteAttemptRequest request) {
        run.completions.add(request.completion());
        AttemptStatus status = request.completion().ok() ? AttemptStatus.RUN_FINISHED : afterFailure;
        RunExecutionData now =
                run.move(status == AttemptStatus.RETRY_QUEUED ? ExecutionStatus.QUEUED : ExecutionStatus.FINISHED);
        if (status == AttemptStatus.RETRY_QUEUED) {
            queue.add(run);
        }
        notifyAll();
        return new Answer(
                200,
                new CompleteAttemptResponse(new CompleteAttemptResponse.Result(status, now.snapshot(), now.run())));
    }

    private synchronized List<DequeuedMessage> dequeue(DequeueRequest request) {
        int most = request.maxRunCount() == null ? 1 : request.maxRunCount();
        return hold(request.timeoutMs(), () -> {
            List<DequeuedMessage> messages = new ArrayList<>();
            while (messages.size() < most && !queue.isEmpty()) {
                FakeRun run = queue.remove();
                messages.add(message(run, run.move(ExecutionStatus.PENDING_EXECUTING)));
            }
            while (messages.size() < most && !redelivered.isEmpty()) {
                messages.add(redelivered.remove());
            }
            return messages;
        });
    }

    private synchronized RunChangesResponse changes(RunChangesRequest request) {
        List<RunId> unknown = request.runs().stream()
                .map(RunChangesRequest.Watched::run)
                .filter(run -> !runs.containsKey(run))
                .toList();
        @Nullable Long timeout = request.timeoutMs();
        if (!unknown.isEmpty()) {
            timeout = null;
        }
        List<RunExecutionData> changed = hold(
                timeout,
                () -> request.runs().stream()
                        .filter(watched -> runs.containsKey(watched.run()))
                        .filter(watched -> known(watched.run()).version()
                                > watched.snapshot().version())
                        .map(watched -> known(watched.run()).history.getLast())
                        .toList());
        return new RunChangesResponse(changed, unknown);
    }

    private <T> List<T> hold(@Nullable Long millis, Supplier<List<T>> poll) {
        long deadline = System.nanoTime() + (millis == null ? 0 : millis) * 1_000_000;
        List<T> found = poll.get();
        while (found.isEmpty() && System.nanoTime() < deadline) {
            try {
                wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
            found = poll.get();
        }
        return found;
    }

    private DequeuedMessage message(FakeRun run, RunExecutionData pending) {
        return new DequeuedMessage(
                "1",
                pending.snapshot(),
                Instant.now(),
                0L,
                run.image,
                run.checkpoint,
                List.of(),
                new DequeuedMessage.BackgroundWorker("w", new WorkerVersionId(IDS.next()), "20261121.1", "java"),
                new DequeuedMessage.Deployment(
                        "d", deployments.computeIfAbsent(run.image, _ -> new DeploymentId(IDS.next()))),
                new DequeuedMessage.Run(
                        run.id.body(), run.id, false, MachineSize.of(run.machine), run.attempts + 1, "main", Map.of()),
                new DequeuedMessage.Environment("env", "PRODUCTION"),
                new DequeuedMessage.Owner("org"),
                new DequeuedMessage.Owner("proj"));
    }

    private FakeRun known(RunId run) {
        FakeRun known = runs.get(run);
        if (known == null) {
            throw new UncheckedIOException(new IOException("no such run: " + run));
        }
        return known;
    }

    private static Answer error(int status, String message) {
        return new Answer(status, Map.of("error", message));
    }
}
