package dev.runyard.runner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.RunMetadata;
import dev.runyard.protocol.worker.SnapshotsSinceResponse;
import dev.runyard.protocol.worker.StartAttemptRequest;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.protocol.worker.TaskRunExecution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the workload API for one run whose state it keeps, and takes logs. */
final class FakeSupervisor implements AutoCloseable {
    static final RunId RUN = RunId.parse("run_00000000000000000000000000");
    private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");

    final List<String> starts = new CopyOnWriteArrayList<>();
    final List<Completion> completions = new CopyOnWriteArrayList<>();
    final List<String> completedSnapshots = new CopyOnWriteArrayList<>();
    static final RunId CHILD = RunId.parse("run_00000000000000000000000001");
    static final WaitpointId DATE = WaitpointId.parse("waitpoint_00000000000000000000000002");
    final List<JsonNode> triggers = new CopyOnWriteArrayList<>();
    final List<String> changes = new CopyOnWriteArrayList<>();
    volatile boolean answersChildrenAtOnce;
    final List<JsonNode> lines = new CopyOnWriteArrayList<>();
    final List<JsonNode> spans = new CopyOnWriteArrayList<>();
    final List<String> traceParents = new CopyOnWriteArrayList<>();
    final List<String> bearers = new CopyOnWriteArrayList<>();
    final List<String> runners = new CopyOnWriteArrayList<>();
    volatile String task = "talk";
    volatile String payload = "";
    volatile @Nullable Integer maxDuration;
    volatile boolean heartbeatsFail;
    volatile boolean logsFail;
    volatile int completionsToFail;
    final List<Boolean> warmth = new CopyOnWriteArrayList<>();
    final List<String> warmCallers = new CopyOnWriteArrayList<>();
    volatile int runsToCome;
    volatile int startStatus = 200;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final List<RunExecutionData> history = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private int attempt;
    private int version = 2;

    FakeSupervisor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/workload-actions/runs/" + RUN + "/snapshots/", this::workload);
        server.createContext("/otel/v1/logs", this::logs);
        server.createContext("/otel/v1/traces", this::traces);
        server.createContext("/api/v1/tasks/", this::trigger);
        server.createContext("/api/v1/runs/", this::runs);
        server.createContext("/engine/v1/runs/", this::waits);
        server.createContext("/api/v1/warm/warm-start", this::warmStart);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Changes the run behind the runner's back. */
    synchronized void change(ExecutionStatus status) {
        history.add(RunExecutionData.of(next(status), metadata()));
    }

    /** Ends the wait under way with what the run waited for. */
    synchronized void finishWait(CompletedWaitpoint end) {
        change(ExecutionStatus.QUEUED_EXECUTING);
        history.add(
                RunExecutionData.of(next(ExecutionStatus.EXECUTING), metadata()).with(List.of(end)));
    }

    /** A child that ended. */
    static CompletedWaitpoint endOf(RunId child, String output, boolean isError) {
        return new CompletedWaitpoint(
                child.body(),
                null,
                new WaitpointId(child.value()),
                "RUN",
                NOW,
                null,
                new CompletedWaitpoint.ByRun(child.body(), child, null),
                null,
                null,
                output,
                "application/json",
                isError);
    }

    /** Gives the same run again, as another one of the same version. */
    private synchronized void warmStart(HttpExchange exchange) throws IOException {
        warmCallers.add(exchange.getRequestHeaders().getFirst("x-trigger-workload-runner-id") + " "
                + exchange.getRequestHeaders().getFirst("x-trigger-workload-deployment-id"));
        if (runsToCome == 0) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        runsToCome--;
        attempt = 0;
        answer(
                exchange,
                200,
                new DequeuedMessage(
                        "1",
                        next(ExecutionStatus.PENDING_EXECUTING),
                        NOW,
                        0L,
                        "image",
                        null,
                        List.of(),
                        new DequeuedMessage.BackgroundWorker(
                                "w", new WorkerVersionId(RUN.value()), "20260801.1", "java"),
                        new DequeuedMessage.Deployment("d", null),
                        new DequeuedMessage.Run(
                                RUN.body(), RUN, false, MachineSize.of(MachinePreset.MICRO), 1, "main", Map.of()),
                        new DequeuedMessage.Environment("env", "PRODUCTION"),
                        new DequeuedMessage.Owner("org"),
                        new DequeuedMessage.Owner("proj")));
    }

    private synchronized void trigger(HttpExchange exchange) throws IOException {
        triggers.add(mapper.readTree(exchange.getRequestBody().readAllBytes()));
        traceParents.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
        if (triggers.getLast().path("options").path("resumeParentOnCompletion").asBoolean(false)) {
            change(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        }
        answer(exchange, 200, Map.of("id", CHILD.toString(), "isCached", false));
        if (answersChildrenAtOnce) {
            finishWait(endOf(CHILD, "\"done\"", false));
        }
    }

    private synchronized void runs(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        changes.add(exchange.getRequestURI().getPath().replaceAll(".*/", "") + " " + body);
        answer(exchange, 200, Map.of("metadata", Map.of()));
    }

    private synchronized void waits(HttpExchange exchange) throws IOException {
        JsonNode body = mapper.readTree(exchange.getRequestBody().readAllBytes());
        triggers.add(body);
        change(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        answer(
                exchange,
                200,
                Map.of("waitUntil", body.path("date").asString(), "waitpoint", Map.of("id", DATE.toString())));
    }

    boolean hasLine(String text) {
        return messages().stream().anyMatch(message -> message.contains(text));
    }

    List<String> messages() {
        return lines.stream()
                .map(line -> line.path("body").path("stringValue").asString())
                .toList();
    }

    JsonNode line(String text) {
        return lines.stream()
                .filter(line -> line.path("body").path("stringValue").asString().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line with " + text + " in " + messages()));
    }

    private synchronized void workload(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.endsWith("/attempts/start")) {
            start(exchange, path, body);
        } else if (path.endsWith("/attempts/complete")) {
            complete(
                    exchange,
                    path,
                    mapper.readValue(body, CompleteAttemptRequest.class).completion());
        } else if (path.endsWith("/heartbeat")) {
            answer(exchange, heartbeatsFail ? 500 : 200, Map.of("ok", true));
        } else {
            SnapshotId known = SnapshotId.parse(path.substring(path.lastIndexOf('/') + 1));
            answer(
                    exchange,
                    200,
                    new SnapshotsSinceResponse(history.stream()
                            .filter(change -> change.snapshot().id().version() > known.version())
                            .toList()));
        }
    }

    private void start(HttpExchange exchange, String path, String body) throws IOException {
        if (startStatus != 200) {
            answer(exchange, startStatus, Map.of("error", "no"));
            return;
        }
        starts.add(path.split("/")[7]);
        warmth.add(mapper.readValue(body, StartAttemptRequest.class).isWarmStart());
        runners.add(exchange.getRequestHeaders().getFirst("x-trigger-workload-runner-id") + " "
                + exchange.getRequestHeaders().getFirst("x-trigger-workload-deployment-id"));
        attempt++;
        answer(
                exchange,
                200,
                new StartAttemptResponse(
                        next(ExecutionStatus.EXECUTING),
                        metadata(),
                        execution(),
                        Map.of(
                                "TRIGGER_JWT",
                                "jwt",
                                "TRIGGER_API_URL",
                                "http://localhost:" + port(),
                                "TRIGGER_SECRET_KEY",
                                "tr_prod_key",
                                "FROM_PROJECT",
                                "project value")));
    }

    private void complete(HttpExchange exchange, String path, Completion completion) throws IOException {
        if (completionsToFail > 0) {
            completionsToFail--;
            answer(exchange, 503, Map.of("error", "down"));
            return;
        }
        completions.add(completion);
        completedSnapshots.add(path.split("/")[7]);
        AttemptStatus status =
                completion.retry() == null ? AttemptStatus.RUN_FINISHED : AttemptStatus.RETRY_IMMEDIATELY;
        answer(
                exchange,
                200,
                new CompleteAttemptResponse(
                        new CompleteAttemptResponse.Result(status, next(ExecutionStatus.EXECUTING), metadata())));
    }

    private void logs(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (logsFail) {
            answer(exchange, 503, Map.of());
            return;
        }
        bearers.add(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
        for (JsonNode resource : mapper.readTree(body).path("resourceLogs")) {
            for (JsonNode scope : resource.path("scopeLogs")) {
                scope.path("logRecords").forEach(lines::add);
            }
        }
        answer(exchange, 200, Map.of());
    }

    private void traces(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (JsonNode resource : mapper.readTree(body).path("resourceSpans")) {
            for (JsonNode scope : resource.path("scopeSpans")) {
                scope.path("spans").forEach(spans::add);
            }
        }
        answer(exchange, 200, Map.of());
    }

    /** Finds the end of a span by its name. */
    JsonNode span(String name) {
        return spans.stream()
                .filter(span -> span.path("name").asString().equals(name))
                .filter(span -> !span.path("endTimeUnixNano").asString().equals("0"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + spans));
    }

    private ExecutionSnapshot next(ExecutionStatus status) {
        SnapshotId id = new SnapshotId(++version);
        return new ExecutionSnapshot(id, id, status, "changed", NOW);
    }

    private RunMetadata metadata() {
        return new RunMetadata(RUN.body(), RUN, RunStatus.EXECUTING, attempt);
    }

    private TaskRunExecution execution() {
        return new TaskRunExecution(
                new TaskRunExecution.Attempt(attempt, NOW),
                new TaskRunExecution.Run(
                        RUN,
                        payload,
                        "application/json",
                        List.of("tag"),
                        false,
                        false,
                        NOW,
                        NOW,
                        null,
                        null,
                        null,
                        null,
                        maxDuration,
                        null,
                        null,
                        null,
                        Map.of("traceparent", "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01")),
                new TaskRunExecution.Task(task, "com/example/tasks/Behaviors.java"),
                new TaskRunExecution.Named("queue", "task/" + task),
                new TaskRunExecution.Environment("environment", "prod", "PRODUCTION"),
                new TaskRunExecution.Organization("organization", "acme", "Acme"),
                new TaskRunExecution.Project("project", "proj_x", "shop", "Shop"),
                MachineSize.of(MachinePreset.MICRO),
                null);
    }

    private void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = mapper.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
