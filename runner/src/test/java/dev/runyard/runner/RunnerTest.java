package dev.runyard.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The runner in a process of its own, against a supervisor that the test plays. */
class RunnerTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private FakeSupervisor supervisor;
    private @Nullable ChildJvm runner;

    @BeforeEach
    void open() throws IOException {
        supervisor = new FakeSupervisor();
        environment.putAll(Map.of(
                "TRIGGER_RUN_ID", FakeSupervisor.RUN.toString(),
                "TRIGGER_SNAPSHOT_ID", "snapshot_0000000002",
                "TRIGGER_SUPERVISOR_API_PROTOCOL", "http",
                "TRIGGER_SUPERVISOR_API_DOMAIN", "localhost",
                "TRIGGER_SUPERVISOR_API_PORT", Integer.toString(supervisor.port()),
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + supervisor.port() + "/otel",
                "TRIGGER_DEPLOYMENT_ID", "wlt_token",
                "TRIGGER_RUNNER_ID", "runner-1",
                "TRIGGER_HEARTBEAT_INTERVAL_SECONDS", "0.2",
                "TRIGGER_SNAPSHOT_POLL_INTERVAL_SECONDS", "0.1"));
    }

    @AfterEach
    void close() throws IOException {
        if (runner != null) {
            runner.close();
        }
        supervisor.close();
    }

    @Test
    void executesATaskAndReportsItsOutput() throws Exception {
        assertThat(run("talk", "{\"name\":\"Ada\"}")).isZero();

        Completion completion = onlyCompletion();
        assertThat(completion.ok()).isTrue();
        assertThat(completion.output()).contains("\"hello\":\"Ada\"", "\"variable\":\"project value\"");
        assertThat(completion.outputType()).isEqualTo("application/json");
        assertThat(completion.taskIdentifier()).isEqualTo("talk");
        assertThat(supervisor.starts).containsExactly("snapshot_0000000002");
        assertThat(supervisor.completedSnapshots).containsExactly("snapshot_0000000003");
        assertThat(supervisor.runners).containsExactly("runner-1 wlt_token");
    }

    @Test
    void shipsTheSpansOfATaskAndOfItsLibraries() throws Exception {
        run("traces", "");

        JsonNode outer = supervisor.span("outer");
        JsonNode library = supervisor.span("library");
        JsonNode inner = supervisor.span("inner");
        JsonNode trigger = supervisor.span("Trigger talk");
        assertThat(outer.path("traceId").asString()).isEqualTo("a".repeat(32));
        assertThat(outer.path("parentSpanId").asString()).isEqualTo("b".repeat(16));
        assertThat(attribute(outer, "rows")).isEqualTo("3");
        assertThat(attribute(outer, "$metadata.ctx.attempt.number")).isEqualTo("1");
        assertThat(outer.at("/events/0/name").asString()).isEqualTo("half");
        assertThat(library.path("parentSpanId")).isEqualTo(outer.path("spanId"));
        assertThat(attribute(library, "db")).isEqualTo("orders");
        assertThat(inner.path("parentSpanId")).isEqualTo(library.path("spanId"));
        assertThat(trigger.path("parentSpanId")).isEqualTo(inner.path("spanId"));
        assertThat(supervisor.traceParents)
                .containsExactly(
                        "00-" + "a".repeat(32) + "-" + trigger.path("spanId").asString() + "-01");
        assertThat(supervisor.line("in the inner span").path("spanId")).isEqualTo(inner.path("spanId"));
        JsonNode wait = supervisor.span("Wait for 0.005s");
        assertThat(attribute(wait, "$entity.type")).isEqualTo("waitpoint");
        JsonNode fails = supervisor.span("fails");
        assertThat(fails.at("/status/code").asInt()).isEqualTo(2);
        assertThat(fails.at("/status/message").asString()).isEqualTo("no luck");
    }

    @Test
    void goesOnWithAnotherRunWhereItsSupervisorHasOne() throws Exception {
        supervisor.runsToCome = 2;
        environment.put("TRIGGER_WARM_START_URL", "http://localhost:" + supervisor.port() + "/api/v1/warm");

        assertThat(run("talk", "{\"name\":\"Ada\"}")).isZero();

        assertThat(supervisor.completions).hasSize(3).allMatch(Completion::ok);
        assertThat(supervisor.starts)
                .containsExactly("snapshot_0000000002", "snapshot_0000000005", "snapshot_0000000008");
        assertThat(supervisor.warmth).containsExactly(false, true, true);
        assertThat(supervisor.warmCallers).hasSize(3).containsOnly("runner-1 wlt_token");
        assertThat(supervisor.messages().stream().filter("out: Ada"::equals)).hasSize(3);
    }

    @Test
    void takesNoOtherRunAfterItsTaskDidNotStop() throws Exception {
        supervisor.runsToCome = 1;
        environment.put("TRIGGER_WARM_START_URL", "http://localhost:" + supervisor.port() + "/api/v1/warm");
        supervisor.maxDuration = 1;

        run("stubborn", "");

        assertThat(supervisor.warmCallers).isEmpty();
    }

    @Test
    void shipsAllThatATaskWritesBeforeItReports() throws Exception {
        run("talk", "{\"name\":\"Ada\"}");

        assertThat(attribute(supervisor.line("out: Ada"), "runyard.stream")).isEqualTo("stdout");
        assertThat(attribute(supervisor.line("err: Ada"), "runyard.stream")).isEqualTo("stderr");
        assertThat(attribute(supervisor.line("no line break"), "runyard.stream"))
                .isEqualTo("stdout");
        JsonNode logged = supervisor.line("logger: Ada");
        assertThat(attribute(logged, "runyard.stream")).isEqualTo("logger");
        assertThat(attribute(logged, "count")).isEqualTo("3");
        assertThat(attribute(logged, "deep.er")).isEqualTo("true");
        assertThat(attribute(logged, "$metadata.ctx.run.id")).isEqualTo(FakeSupervisor.RUN.toString());
        assertThat(attribute(logged, "$metadata.ctx.task.id")).isEqualTo("talk");
        assertThat(attribute(logged, "$metadata.ctx.attempt.number")).isEqualTo("1");
        assertThat(logged.path("traceId").asString()).isEqualTo("a".repeat(32));
        assertThat(supervisor.line("slf4j: Ada").path("severityText").asString())
                .isEqualTo("WARN");
        assertThat(supervisor.bearers).containsOnly("Bearer jwt");
        assertThat(started().out()).contains("out: Ada", "logger: Ada");
        assertThat(started().err()).contains("err: Ada").doesNotContain("SLF4J");
    }

    @Test
    void repeatsAnAttemptInTheSameProcess() throws Exception {
        assertThat(run("second-time", "")).isZero();

        assertThat(supervisor.completions).hasSize(2);
        Completion first = supervisor.completions.getFirst();
        assertThat(first.retry()).isNotNull();
        assertThat(first.error()).isInstanceOfSatisfying(TaskRunError.BuiltIn.class, error -> {
            assertThat(error.name()).isEqualTo("java.lang.IllegalStateException");
            assertThat(error.message()).isEqualTo("outer");
            assertThat(error.stackTrace())
                    .contains("com.example.tasks.Behaviors", "Caused by: java.lang.IllegalArgumentException: inner")
                    .doesNotContain("dev.runyard.runner");
        });
        assertThat(supervisor.completions.getLast().output()).isEqualTo("2");
        assertThat(supervisor.starts).containsExactly("snapshot_0000000002", "snapshot_0000000004");
    }

    @Test
    void reportsAnAbortWithoutRetry() throws Exception {
        run("aborts", "");

        assertThat(onlyCompletion().retry()).isNull();
        assertThat(onlyCompletion().skippedRetrying()).isTrue();
    }

    @Test
    void reportsAPayloadThatDoesNotFit() throws Exception {
        run("talk", "[1]");

        assertThat(internalError().code()).isEqualTo(InternalErrorCode.TASK_INPUT_ERROR);
    }

    @Test
    void reportsATaskThatDoesNotExist() throws Exception {
        run("nowhere", "");

        assertThat(internalError().code()).isEqualTo(InternalErrorCode.COULD_NOT_FIND_TASK);
        assertThat(internalError().message()).contains("\"nowhere\"", "second-time, sleeps");
    }

    @Test
    void reportsAClassThatFailsToLoad() throws Exception {
        supervisor.task = "listen";
        start(TaskClasses.compile(folder, TaskClasses.BROKEN), List.of());

        assertThat(started().awaitExit()).isZero();
        assertThat(internalError().code()).isEqualTo(InternalErrorCode.COULD_NOT_IMPORT_TASK);
        assertThat(internalError().message())
                .contains("shop.Broken", "java.lang.NumberFormatException: For input string: \"none\"");
    }

    @Test
    void cancelsATask() throws Exception {
        begin("sleeps", "", "sleeping");
        supervisor.change(ExecutionStatus.PENDING_CANCEL);

        assertThat(started().awaitExit()).isZero();
        assertThat(internalError().code()).isEqualTo(InternalErrorCode.TASK_RUN_CANCELLED);
        assertThat(supervisor.completedSnapshots).containsExactly("snapshot_0000000004");
        assertThat(supervisor.messages()).contains("cancel hook", "cleanup hook");
    }

    @Test
    void cancelsATaskThatIgnoresInterrupts() throws Exception {
        begin("stubborn", "", "spinning");
        supervisor.change(ExecutionStatus.PENDING_CANCEL);

        assertThat(started().awaitExit()).isZero();
        assertThat(internalError().code()).isEqualTo(InternalErrorCode.TASK_RUN_CANCELLED);
        assertThat(internalError().message()).contains("did not stop within 5 seconds");
    }

    @Test
    void endsATaskThatTakesTooLong() throws Exception {
        supervisor.maxDuration = 1;
        assertThat(run("sleeps", "")).isZero();

        assertThat(internalError().code()).isEqualTo(InternalErrorCode.MAX_DURATION_EXCEEDED);
        assertThat(internalError().message()).contains("1 seconds");
        assertThat(supervisor.messages()).contains("cleanup hook");
    }

    @Test
    void leavesARunThatWasGivenToAnother() throws Exception {
        begin("sleeps", "", "sleeping");
        supervisor.change(ExecutionStatus.QUEUED);

        assertThat(started().awaitExit()).isZero();
        assertThat(supervisor.completions).isEmpty();
        assertThat(started().err()).contains("no longer this worker's");
    }

    @Test
    void fencesItselfOffWhenItsLeaseIsLost() throws Exception {
        environment.put("RUNYARD_LEASE_SECONDS", "3");
        begin("sleeps", "", "sleeping");
        supervisor.heartbeatsFail = true;

        assertThat(started().awaitExit()).isEqualTo(75);
        assertThat(supervisor.completions).isEmpty();
        assertThat(supervisor.messages()).contains("cleanup hook");
    }

    @Test
    void reportsAfterAnOutage() throws Exception {
        supervisor.completionsToFail = 5;

        assertThat(run("talk", "{\"name\":\"Ada\"}")).isZero();
        assertThat(onlyCompletion().ok()).isTrue();
    }

    @Test
    void stopsReportingARunThatEndedMeanwhile() throws Exception {
        supervisor.completionsToFail = Integer.MAX_VALUE;
        begin("pauses", "300", "pausing");
        supervisor.change(ExecutionStatus.FINISHED);

        assertThat(started().awaitExit()).isZero();
        assertThat(supervisor.completions).isEmpty();
    }

    @Test
    void doesNotStartARunThatEndedBefore() throws Exception {
        supervisor.startStatus = 400;
        supervisor.change(ExecutionStatus.FINISHED);

        assertThat(run("talk", "")).isZero();
        assertThat(started().err()).contains("The attempt was not started", "400");
    }

    @Test
    void failsWhereTheSupervisorDoesNotKnowIt() throws Exception {
        supervisor.startStatus = 401;

        assertThat(run("talk", "")).isEqualTo(1);
        assertThat(started().err()).contains("The attempt was not started", "401");
    }

    @Test
    void shipsTheLastWordsOfATaskThatExits() throws Exception {
        assertThat(run("exits", "")).isEqualTo(3);

        assertThat(supervisor.completions).isEmpty();
        assertThat(supervisor.messages()).contains("last words");
    }

    @Test
    void diesOfExhaustedMemoryWithTheCodeThatSupervisorsKnow() throws Exception {
        supervisor.task = "eats-memory";
        start(null, List.of("-Xmx40m", "-XX:+ExitOnOutOfMemoryError"));

        assertThat(started().awaitExit()).isEqualTo(3);
        assertThat(started().out() + started().err()).contains("java.lang.OutOfMemoryError");
    }

    @Test
    void letsATaskEndWhenTheProcessIsAskedToStop() throws Exception {
        begin("pauses", "1500", "pausing");
        started().terminate();

        assertThat(started().awaitExit()).isZero();
        assertThat(onlyCompletion().output()).isEqualTo("\"rested\"");
    }

    @Test
    void stopsATaskThatDoesNotEndWithinTheGrace() throws Exception {
        environment.put("RUNYARD_STOP_GRACE_SECONDS", "0.3");
        begin("sleeps", "", "sleeping");
        started().terminate();

        assertThat(started().awaitExit()).isEqualTo(143);
        assertThat(supervisor.completions).isEmpty();
        assertThat(supervisor.messages()).contains("cleanup hook");
    }

    @Test
    void namesEverySettingThatIsMissing() throws Exception {
        environment.keySet().removeAll(List.of("TRIGGER_RUN_ID", "TRIGGER_RUNNER_ID"));
        environment.put("RUNYARD_LEASE_SECONDS", "soon");

        start(null, List.of());

        assertThat(started().awaitExit()).isEqualTo(1);
        assertThat(started().err())
                .contains("TRIGGER_RUN_ID is not set", "TRIGGER_RUNNER_ID is not set", "RUNYARD_LEASE_SECONDS is no");
    }

    private int run(String task, String payload) throws IOException, InterruptedException {
        supervisor.task = task;
        supervisor.payload = payload;
        start(null, List.of());
        return started().awaitExit();
    }

    private void begin(String task, String payload, String firstLine) throws IOException {
        supervisor.task = task;
        supervisor.payload = payload;
        start(null, List.of());
        await().atMost(Duration.ofSeconds(20)).until(() -> supervisor.hasLine(firstLine));
    }

    private void start(@Nullable Path extraClasses, List<String> options) throws IOException {
        String classPath = System.getProperty("java.class.path");
        runner = ChildJvm.start(
                Runner.class, extraClasses == null ? classPath : extraClasses + ":" + classPath, options, environment);
    }

    private ChildJvm started() {
        if (runner == null) {
            throw new AssertionError("no process was started");
        }
        return runner;
    }

    private Completion onlyCompletion() {
        assertThat(supervisor.completions).hasSize(1);
        return supervisor.completions.getFirst();
    }

    private TaskRunError.Internal internalError() {
        if (onlyCompletion().error() instanceof TaskRunError.Internal error) {
            return error;
        }
        throw new AssertionError("not an internal error: " + onlyCompletion());
    }

    private static String attribute(JsonNode line, String key) {
        return line.path("attributes")
                .valueStream()
                .filter(attribute -> attribute.path("key").asString().equals(key))
                .flatMap(attribute -> attribute.path("value").valueStream())
                .map(JsonNode::asString)
                .findFirst()
                .orElse("");
    }
}
