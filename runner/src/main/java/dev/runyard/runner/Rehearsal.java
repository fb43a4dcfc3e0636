package dev.runyard.runner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.protocol.worker.RunMetadata;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TypeReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Executes a task of its own against a server of its own, so that the JVM can record which classes a run needs:
 *
 * <pre>{@code
 * java -XX:AOTCacheOutput=/app/runner.aot … -cp "/app/lib/*" dev.runyard.runner.Rehearsal
 * }</pre>
 *
 * <p>A process that starts with {@code -XX:AOTCache=/app/runner.aot} needs half the time until its task runs. No class of
 * the user is loaded, for what its static initializers do must not happen while an image is built.
 */
public final class Rehearsal {
    static final Task<Map<String, Object>, Map<String, Object>> TASK = Task.define("rehearsal")
            .input(new TypeReference<Map<String, Object>>() {})
            .output(new TypeReference<Map<String, Object>>() {})
            .run((input, context) -> {
                return context.span("rehearsing", span -> {
                    context.logger().info("rehearsing", Map.of("input", input.size()));
                    return input;
                });
            });

    private static final RunId RUN = RunId.parse("run_00000000000000000000000000");
    private static final Instant NOW = Instant.EPOCH;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Rehearsal() {}

    /** Executes the task once. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Rehearsal::answer);
        server.start();
        String port = Integer.toString(server.getAddress().getPort());
        String host = server.getAddress().getAddress().getHostAddress();
        int code = Runner.run(Map.of(
                "TRIGGER_RUN_ID",
                RUN.toString(),
                "TRIGGER_SNAPSHOT_ID",
                snapshot(1).id().toString(),
                "TRIGGER_SUPERVISOR_API_PROTOCOL",
                "http",
                "TRIGGER_SUPERVISOR_API_DOMAIN",
                host,
                "TRIGGER_SUPERVISOR_API_PORT",
                port,
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://" + host + ":" + port,
                "TRIGGER_DEPLOYMENT_ID",
                "rehearsal",
                "TRIGGER_RUNNER_ID",
                "rehearsal"));
        server.stop(0);
        if (code != 0) {
            throw new IllegalStateException("the rehearsal ended with code " + code);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        RunMetadata run = new RunMetadata(RUN.body(), RUN, RunStatus.EXECUTING, 1);
        Object body = Map.of();
        if (path.endsWith("/attempts/start")) {
            body = new StartAttemptResponse(snapshot(2), run, execution(), Map.of("TRIGGER_JWT", "none"));
        } else if (path.endsWith("/attempts/complete")) {
            body = new CompleteAttemptResponse(new CompleteAttemptResponse.Result(
                    CompleteAttemptResponse.AttemptStatus.RUN_FINISHED, snapshot(3), run));
        }
        byte[] bytes = MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static ExecutionSnapshot snapshot(int version) {
        SnapshotId id = new SnapshotId(version);
        return new ExecutionSnapshot(id, id, ExecutionStatus.EXECUTING, "rehearsal", NOW);
    }

    private static TaskRunExecution execution() {
        return new TaskRunExecution(
                new TaskRunExecution.Attempt(1, NOW),
                new TaskRunExecution.Run(
                        RUN,
                        "{}",
                        "application/json",
                        List.of(),
                        true,
                        false,
                        NOW,
                        NOW,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of()),
                new TaskRunExecution.Task(TASK.id(), Rehearsal.class.getName().replace('.', '/') + ".java"),
                new TaskRunExecution.Named("queue", "task/" + TASK.id()),
                new TaskRunExecution.Environment("environment", "dev", "DEVELOPMENT"),
                new TaskRunExecution.Organization("organization", "rehearsal", "Rehearsal"),
                new TaskRunExecution.Project("project", "proj_rehearsal", "rehearsal", "Rehearsal"),
                MachineSize.of(MachinePreset.DEFAULT),
                null);
    }
}
