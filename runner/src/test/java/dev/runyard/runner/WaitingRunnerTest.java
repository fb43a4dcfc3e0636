package dev.runyard.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.protocol.worker.Completion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Runs that wait, in a runner of its own against a server that the test plays. */
class WaitingRunnerTest {
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
                "TRIGGER_SNAPSHOT_POLL_INTERVAL_SECONDS", "60"));
    }

    /** A virtual machine that has to be started takes long where others want the processor as well. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    @AfterEach
    void close() throws IOException {
        if (runner != null) {
            runner.close();
        }
        supervisor.close();
    }

    @Test
    void returnsTheOutputOfTheRunThatItWaitedFor() throws Exception {
        begin("parent");
        await().until(() -> supervisor.triggers.size() == 1);
        supervisor.finishWait(FakeSupervisor.endOf(FakeSupervisor.CHILD, "\"hello\"", false));

        assertThat(completion().output()).isEqualTo("\"child said hello\"");
        JsonNode request = supervisor.triggers.getFirst();
        assertThat(request.path("payload").asString()).isEqualTo("\"go\"");
        assertThat(request.path("options").path("parentRunId").asString()).isEqualTo(FakeSupervisor.RUN.toString());
        assertThat(request.path("options").path("resumeParentOnCompletion").asBoolean())
                .isTrue();
    }

    @Test
    void seesAChildThatEndedBeforeItsTriggerWasAnswered() throws Exception {
        supervisor.answersChildrenAtOnce = true;
        begin("parent");

        assertThat(completion().output()).isEqualTo("\"child said done\"");
    }

    @Test
    void tellsWhyTheChildFailed() throws Exception {
        begin("parent");
        await().until(() -> supervisor.triggers.size() == 1);
        String error = "{\"type\":\"BUILT_IN_ERROR\",\"name\":\"E\",\"message\":\"broken\",\"stackTrace\":\"\"}";
        supervisor.finishWait(FakeSupervisor.endOf(FakeSupervisor.CHILD, error, true));

        assertThat(completion().output()).isEqualTo("\"child failed: broken\"");
    }

    @Test
    void sendsMetadataBeforeItWaits() throws Exception {
        begin("parent");
        await().until(() -> supervisor.triggers.size() == 1);

        assertThat(supervisor.changes)
                .containsExactly("metadata {\"operations\":[{\"type\":\"set\",\"key\":\"phase\",\"value\":\"waiting\"},"
                        + "{\"type\":\"increment\",\"key\":\"steps\",\"value\":1}],"
                        + "\"parentOperations\":[{\"type\":\"set\",\"key\":\"child\",\"value\":\"busy\"}]}");
    }

    @Test
    void doesNotCountAWaitTowardsTheMaximumDuration() throws Exception {
        // Long enough for what a loaded machine makes of the moments before and after the wait.
        supervisor.maxDuration = 4;
        begin("rests");
        await().until(() -> supervisor.triggers.size() == 1);
        long waitedUntil = System.nanoTime() + Duration.ofMillis(4_500).toNanos();
        await().until(() -> System.nanoTime() > waitedUntil);
        supervisor.finishWait(date());

        assertThat(completion().ok()).isTrue();
        assertThat(supervisor.messages()).contains("rested");
    }

    @Test
    void goesOnAfterItWasFrozenForLongerThanItsLease() throws Exception {
        freezeBeyondTheLease();
        supervisor.finishWait(date());

        signal("-CONT");

        assertThat(completion().ok()).isTrue();
        assertThat(supervisor.completions).hasSize(1);
    }

    @Test
    void stopsWhereItsRunWasGivenAwayWhileItWasFrozen() throws Exception {
        freezeBeyondTheLease();
        supervisor.change(ExecutionStatus.QUEUED);
        supervisor.change(ExecutionStatus.PENDING_EXECUTING);
        supervisor.change(ExecutionStatus.EXECUTING);

        signal("-CONT");

        ChildJvm process = Objects.requireNonNull(runner);
        process.awaitExit();
        assertThat(supervisor.completions).isEmpty();
        assertThat(supervisor.messages()).doesNotContain("rested");
    }

    @Test
    void refusesASecondWaitAtTheSameTime() throws Exception {
        begin("waits-twice");

        Completion completion = completion();
        assertThat(completion.retry()).isNull();
        assertThat(completion.error()).isInstanceOfSatisfying(TaskRunError.Internal.class, error -> {
            assertThat(error.code()).isEqualTo(InternalErrorCode.TASK_DID_CONCURRENT_WAIT);
            assertThat(error.message()).contains("waits for task child", "use batchTriggerAndWait");
        });
    }

    @Test
    void cancelsARunThatWaits() throws Exception {
        environment.put("TRIGGER_SNAPSHOT_POLL_INTERVAL_SECONDS", "0.1");
        begin("rests");
        await().until(() -> supervisor.triggers.size() == 1);
        supervisor.change(ExecutionStatus.PENDING_CANCEL);

        assertThat(completion().error())
                .isInstanceOfSatisfying(
                        TaskRunError.Internal.class,
                        error -> assertThat(error.code()).isEqualTo(InternalErrorCode.TASK_RUN_CANCELLED));
        assertThat(supervisor.messages()).doesNotContain("rested");
    }

    private void begin(String task) throws IOException {
        supervisor.task = task;
        runner = ChildJvm.start(Runner.class, System.getProperty("java.class.path"), List.of(), environment);
        await().atMost(Duration.ofSeconds(20)).until(() -> !supervisor.starts.isEmpty());
    }

    /** Lets the process stand still, as a supervisor does, until it would have lost its run without it. */
    private void freezeBeyondTheLease() throws Exception {
        environment.put("RUNYARD_LEASE_SECONDS", "2");
        environment.put("TRIGGER_HEARTBEAT_INTERVAL_SECONDS", "0.2");
        begin("rests");
        await().until(() -> supervisor.triggers.size() == 1);
        signal("-STOP");
        long lost = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
        await().until(() -> System.nanoTime() > lost);
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder(
                        "kill",
                        name,
                        String.valueOf(Objects.requireNonNull(runner).pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private static CompletedWaitpoint date() {
        return new CompletedWaitpoint(
                FakeSupervisor.DATE.body(),
                null,
                FakeSupervisor.DATE,
                "DATETIME",
                Instant.EPOCH,
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                null,
                false);
    }

    private Completion completion() {
        await().atMost(Duration.ofSeconds(20)).until(() -> !supervisor.completions.isEmpty());
        return supervisor.completions.getFirst();
    }
}
