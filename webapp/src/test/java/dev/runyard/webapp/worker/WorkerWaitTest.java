package dev.runyard.webapp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.BlockRequest;
import dev.runyard.engine.waitpoint.CreateOutcome;
import dev.runyard.engine.waitpoint.NewWaitpoint;
import dev.runyard.engine.waitpoint.WaitpointOutput;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.CheckpointType;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.ExecutionResult;
import dev.runyard.protocol.worker.LatestSnapshotResponse;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.SnapshotsSinceResponse;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.protocol.worker.SuspendRequest;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class WorkerWaitTest extends WebappTest {
    private static final String ROOT = "/engine/v1/worker-actions";

    @Autowired
    private RunEngine engine;

    private final String taskId = "task-" + UUID.randomUUID();
    private Http worker = Http.anonymous("");

    @BeforeEach
    void deploy() {
        worker = supervisor("supervisor-1").with("x-trigger-worker-runner-id", "runner-1");
        Deployments.deploy(
                api("stg"), Deployments.task(taskId, null, new RetryOptions(1, null, null, null, null, null)));
    }

    /// A run that waits.
    private record Waiting(RunId run, SnapshotId snapshot, WaitpointId token) {}

    private Waiting waiting() {
        RunId run = ((TriggerOutcome.Accepted) engine.trigger(TriggerCommand.of(environmentId("stg"), taskId)
                        .payload("{}")
                        .build()))
                .runId();
        worker.post(path(run, dequeue(run).snapshot().friendlyId()) + "/attempts/start", Map.of())
                .as(StartAttemptResponse.class);
        WaitpointId token = ((CreateOutcome.Created)
                        engine.waits().create(NewWaitpoint.token(environmentId("stg"), null, null, List.of())))
                .waitpoint()
                .id();
        BlockOutcome blocked = engine.waits().block(BlockRequest.of(environmentId("stg"), run, token));
        return new Waiting(run, ((BlockOutcome.Waiting) blocked).state().snapshotId(), token);
    }

    private void complete(WaitpointId token) {
        engine.waits()
                .complete(environmentId("stg"), token, WaitpointOutput.success("{\"ok\":true}", "application/json"));
    }

    private static String path(RunId run, SnapshotId snapshot) {
        return ROOT + "/runs/" + run + "/snapshots/" + snapshot;
    }

    private DequeuedMessage dequeue(RunId run) {
        for (int i = 0; i < 50; i++) {
            var messages = worker.post(ROOT + "/dequeue", new DequeueRequest(null, 50, 2_000L))
                    .as(DequeuedMessage[].class);
            for (DequeuedMessage message : messages) {
                if (message.run().friendlyId().equals(run)) {
                    return message;
                }
            }
        }
        throw new AssertionError("run " + run + " was not handed out");
    }

    /// Watches a run until it executes.
    private RunExecutionData awaitExecuting(RunId run, SnapshotId known) {
        SnapshotId seen = known;
        for (int i = 0; i < 50; i++) {
            RunChangesResponse changes = worker.post(
                            ROOT + "/runs/changes",
                            new RunChangesRequest(List.of(new RunChangesRequest.Watched(run, seen)), 2_000L))
                    .as(RunChangesResponse.class);
            for (RunExecutionData change : changes.changes()) {
                if (change.snapshot().executionStatus() == ExecutionStatus.EXECUTING) {
                    return change;
                }
                seen = change.snapshot().friendlyId();
            }
        }
        throw new AssertionError("run " + run + " did not go on");
    }

    @Test
    void givesOutputsToTheRunThatWaited() {
        Waiting waiting = waiting();
        complete(waiting.token());

        RunExecutionData executing = awaitExecuting(waiting.run(), waiting.snapshot());

        CompletedWaitpoint got = executing.completedWaitpoints().getFirst();
        assertThat(got.friendlyId()).isEqualTo(waiting.token());
        assertThat(got.type()).isEqualTo("MANUAL");
        assertThat(got.output()).isEqualTo("{\"ok\":true}");
        assertThat(got.outputIsError()).isFalse();
        List<RunExecutionData> since = worker.get(
                        ROOT + "/runs/" + waiting.run() + "/snapshots/since/" + waiting.snapshot())
                .as(SnapshotsSinceResponse.class)
                .snapshots();
        assertThat(since.getFirst().completedWaitpoints()).isEmpty();
        assertThat(since.getLast().completedWaitpoints()).containsExactly(got);
        assertThat(worker.get(ROOT + "/runs/" + waiting.run() + "/snapshots/since/" + new SnapshotId(99))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void saysOnTheRunWhyItsProcessWasNotStored() {
        Waiting waiting = waiting();
        String suspend = path(waiting.run(), waiting.snapshot()) + "/suspend";
        SuspendRequest refused = new SuspendRequest(false, null, "the engine has no\u0000 space left. It is frozen.");
        String said = "The run waits with its process in place: the engine has no\uFFFD space left. It is frozen.";

        assertThat(worker.post(suspend, refused).status()).isEqualTo(200);

        JsonNode event = api("stg")
                .get("/api/v1/runs/" + waiting.run() + "/events")
                .json()
                .path("events")
                .valueStream()
                .filter(candidate -> candidate.path("message").asString().equals(said))
                .findFirst()
                .orElseThrow();
        assertThat(event.path("kind").asString()).isEqualTo("LOG");
        assertThat(event.path("level").asString()).isEqualTo("WARN");
        assertThat(event.path("attemptNumber").asInt()).isEqualTo(1);
        JsonNode attempt = api("stg")
                .get("/api/v1/runs/" + waiting.run() + "/trace")
                .json()
                .at("/trace/rootSpan/children/0");
        assertThat(attempt.at("/data/message").asString()).isEqualTo("Attempt 1");
        assertThat(attempt.path("children").valueStream())
                .extracting(child -> child.at("/data/message").asString())
                .contains(said);
        assertThat(engine.state(waiting.run()))
                .hasValueSatisfying(state ->
                        assertThat(state.version()).isEqualTo(waiting.snapshot().version()));
    }

    @Test
    void saysOnTheRunWhyItCouldNotBeStarted() {
        RunId run = ((TriggerOutcome.Accepted) engine.trigger(TriggerCommand.of(environmentId("stg"), taskId)
                        .payload("{}")
                        .build()))
                .runId();
        SnapshotId handedOut = dequeue(run).snapshot().friendlyId();
        Completion failure = Completion.failure(
                run.toString(),
                TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CRASHED, "No space is left on the engine's disk."),
                new Completion.Retry(0, 250),
                0);

        worker.post(path(run, handedOut) + "/attempts/complete", new CompleteAttemptRequest(failure))
                .as(CompleteAttemptResponse.class);

        JsonNode root = api("stg").get("/api/v1/runs/" + run + "/trace").json().at("/trace/rootSpan");
        assertThat(root.at("/children/0/data/message").asString())
                .isEqualTo("The run could not be started and will be tried again: No space is left on the engine's"
                        + " disk.");
        assertThat(engine.state(run))
                .hasValueSatisfying(state -> assertThat(state.execution()).isEqualTo(ExecutionStatus.QUEUED));
    }

    @Test
    void saysNothingOnARunThatGoesOnAlready() {
        Waiting waiting = waiting();
        complete(waiting.token());
        awaitExecuting(waiting.run(), waiting.snapshot());

        assertThat(worker.post(
                                path(waiting.run(), waiting.snapshot()) + "/suspend",
                                new SuspendRequest(false, null, "too late"))
                        .status())
                .isEqualTo(200);

        assertThat(api("stg").get("/api/v1/runs/" + waiting.run() + "/events").text())
                .doesNotContain("too late");
    }

    @Test
    void suspendsAndContinuesARun() {
        Waiting waiting = waiting();
        Checkpoint made = new Checkpoint(null, null, CheckpointType.DOCKER, "/checkpoints/1", null, "waits");
        String suspend = path(waiting.run(), waiting.snapshot()) + "/suspend";
        assertThat(worker.post(suspend, new SuspendRequest(false, null, "no space"))
                        .status())
                .isEqualTo(200);
        assertThat(worker.post(suspend, new SuspendRequest(true, null, null)).status())
                .isEqualTo(400);
        assertThat(worker.post(suspend, new SuspendRequest(true, made, null)).status())
                .isEqualTo(200);
        assertThat(worker.post(suspend, new SuspendRequest(true, made, null)).status())
                .isEqualTo(422);
        Checkpoint kept = worker.get(ROOT + "/runs/" + waiting.run() + "/snapshots/latest")
                .as(LatestSnapshotResponse.class)
                .execution()
                .checkpoint();
        assertThat(kept).isNotNull();
        assertThat(Objects.requireNonNull(kept).location()).isEqualTo("/checkpoints/1");
        complete(waiting.token());

        DequeuedMessage message = dequeue(waiting.run());

        assertThat(message.checkpoint()).isNotNull();
        assertThat(Objects.requireNonNull(message.checkpoint()).location()).isEqualTo("/checkpoints/1");
        assertThat(message.run().attemptNumber()).isEqualTo(1);
        assertThat(message.completedWaitpoints())
                .extracting(CompletedWaitpoint::friendlyId)
                .containsExactly(waiting.token());
        SnapshotId claimed = message.snapshot().friendlyId();
        ExecutionResult result =
                worker.get(path(waiting.run(), claimed) + "/continue").as(ExecutionResult.class);
        assertThat(result.snapshot().executionStatus()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(result.run().attemptNumber()).isEqualTo(1);
    }
}
