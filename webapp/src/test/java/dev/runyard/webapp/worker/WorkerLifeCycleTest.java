package dev.runyard.webapp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.ConnectRequest;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.LatestSnapshotResponse;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.protocol.worker.SnapshotsSinceResponse;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.testkit.Shows;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.RunTokens;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class WorkerLifeCycleTest extends WebappTest {
    private static final String ROOT = "/engine/v1/worker-actions";

    @Autowired
    private RunEngine engine;

    @Autowired
    private RunTokens tokens;

    private final String taskId = "task-" + UUID.randomUUID();
    private Http worker = Http.anonymous("");

    @BeforeEach
    void deploy() {
        worker = supervisor("supervisor-1");
        RetryOptions retry = new RetryOptions(3, 2.0, 100L, 1_000L, false, null);
        Deployments.deploy(api("stg"), Deployments.task(taskId, null, retry));
    }

    @Test
    void connectsASupervisor() {
        var answer = worker.post(ROOT + "/connect", new ConnectRequest(Map.of("workloadManager", "process")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("workerGroup").path("name").asString()).isEqualTo("main");
        assertThat(worker.post(ROOT + "/heartbeat", null).status()).isEqualTo(200);
    }

    @Test
    void refusesAStranger() {
        assertThat(anonymous().post(ROOT + "/dequeue", null).status()).isEqualTo(401);
        assertThat(worker.with("Authorization", "Bearer tr_wgt_wrong")
                        .post(ROOT + "/dequeue", null)
                        .json()
                        .path("error")
                        .asString())
                .isEqualTo("Invalid or missing worker token");
    }

    @Test
    @Shows({"CR-2", "RA-2"})
    void runsARunToItsEnd() {
        RunId run = trigger("{\"n\":1}");

        DequeuedMessage message = dequeue(run);
        assertThat(message.image()).isEqualTo("example/tasks:1");
        assertThat(message.run().attemptNumber()).isEqualTo(1);
        assertThat(message.environment().type()).isEqualTo("STAGING");
        assertThat(message.snapshot().executionStatus()).isEqualTo(ExecutionStatus.PENDING_EXECUTING);

        StartAttemptResponse started = start(run, message.snapshot().friendlyId());
        assertThat(started.execution().run().payload()).isEqualTo("{\"n\":1}");
        assertThat(started.execution().task().id()).isEqualTo(taskId);
        assertThat(started.execution().task().filePath()).isEqualTo("src/Tasks.java");
        assertThat(started.execution().deployment()).isNotNull();
        assertThat(started.envVars()).containsEntry("TRIGGER_MACHINE_PRESET", "small-1x");
        assertThat(tokens.verify(started.envVars().getOrDefault("TRIGGER_JWT", "")))
                .hasValueSatisfying(identity -> assertThat(identity.run()).isEqualTo(run));

        SnapshotId current = started.snapshot().friendlyId();
        assertThat(worker.post(path(run, current) + "/heartbeat", Map.of()).status())
                .isEqualTo(200);
        CompleteAttemptResponse done =
                complete(run, current, Completion.success(run.toString(), "42", "application/json", 5));
        assertThat(done.result().attemptStatus()).isEqualTo(AttemptStatus.RUN_FINISHED);
        assertThat(done.result().run().status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    void givesARepeatedCompletionTheSameAnswer() {
        RunId run = trigger("{}");
        SnapshotId snapshot =
                start(run, dequeue(run).snapshot().friendlyId()).snapshot().friendlyId();
        Completion success = Completion.success(run.toString(), "1", "application/json", 1);

        complete(run, snapshot, success);

        assertThat(complete(run, snapshot, success).result().attemptStatus()).isEqualTo(AttemptStatus.RUN_FINISHED);
    }

    @Test
    void retriesAFailureOnTheSameWorker() {
        RunId run = trigger("{}");
        SnapshotId first =
                start(run, dequeue(run).snapshot().friendlyId()).snapshot().friendlyId();

        CompleteAttemptResponse failed = complete(
                run,
                first,
                Completion.failure(
                        run.toString(),
                        new TaskRunError.BuiltIn("Error", "no luck", "at X"),
                        new Completion.Retry(System.currentTimeMillis() + 100, 100),
                        1));

        assertThat(failed.result().attemptStatus()).isEqualTo(AttemptStatus.RETRY_IMMEDIATELY);
        StartAttemptResponse second = start(run, failed.result().snapshot().friendlyId());
        assertThat(second.execution().attempt().number()).isEqualTo(2);
    }

    @Test
    void refusesStaleSnapshots() {
        RunId run = trigger("{}");
        SnapshotId claimed = dequeue(run).snapshot().friendlyId();
        SnapshotId started = start(run, claimed).snapshot().friendlyId();

        var stale = worker.with("x-trigger-worker-runner-id", "other")
                .post(path(run, claimed) + "/attempts/start", Map.of());
        assertThat(stale.status()).isEqualTo(409);

        var complete = worker.post(
                path(run, claimed) + "/attempts/complete",
                new CompleteAttemptRequest(Completion.success(run.toString(), "1", "application/json", 1)));
        assertThat(complete.status()).isEqualTo(400);
        assertThat(complete.json().path("error").asString()).isEqualTo("Snapshot ID doesn't match the latest snapshot");
        assertThat(worker.post(path(run, claimed) + "/heartbeat", Map.of()).status())
                .isEqualTo(200);
        complete(run, started, Completion.success(run.toString(), "1", "application/json", 1));
        assertThat(worker.post(path(run, new SnapshotId(started.version() + 1)) + "/attempts/start", Map.of())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tellsTheHistory() {
        RunId run = trigger("{}");
        SnapshotId claimed = dequeue(run).snapshot().friendlyId();
        SnapshotId started = start(run, claimed).snapshot().friendlyId();

        var latest = worker.get(ROOT + "/runs/" + run + "/snapshots/latest").as(LatestSnapshotResponse.class);
        assertThat(latest.execution().snapshot().friendlyId()).isEqualTo(started);
        var since = worker.get(ROOT + "/runs/" + run + "/snapshots/since/" + new SnapshotId(1))
                .as(SnapshotsSinceResponse.class);
        assertThat(since.snapshots())
                .extracting(one -> one.snapshot().friendlyId())
                .containsExactly(claimed, started);
        assertThat(worker.get(path(run, started) + "/continue").status()).isEqualTo(422);
        assertThat(worker.post(ROOT + "/runs/" + run + "/logs/debug", Map.of("message", "hi"))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void tellsAWatcherOfACancelRequest() {
        RunId run = trigger("{}");
        SnapshotId started =
                start(run, dequeue(run).snapshot().friendlyId()).snapshot().friendlyId();
        RunId unknown = RunId.parse("run_0000000000000000000000000a");

        engine.cancel(environmentId("stg"), run, "test");
        RunChangesResponse changes = worker.post(
                        ROOT + "/runs/changes",
                        new RunChangesRequest(
                                List.of(
                                        new RunChangesRequest.Watched(run, started),
                                        new RunChangesRequest.Watched(unknown, started)),
                                5_000L))
                .as(RunChangesResponse.class);

        assertThat(changes.changes())
                .extracting(one -> one.snapshot().executionStatus())
                .containsExactly(ExecutionStatus.PENDING_CANCEL);
        assertThat(changes.unknown()).containsExactly(unknown);
    }

    @Test
    void tellsARunnerThatItRepeatsARun() {
        RunId first = trigger("{}");
        var outcome = (TriggerOutcome.Accepted)
                engine.replay(environmentId("stg"), first, "test").orElseThrow();

        StartAttemptResponse original = start(first, dequeue(first).snapshot().friendlyId());
        StartAttemptResponse replay =
                start(outcome.runId(), dequeue(outcome.runId()).snapshot().friendlyId());

        assertThat(original.execution().run().isReplay()).isFalse();
        assertThat(replay.execution().run().isReplay()).isTrue();
    }

    @Test
    void answersUnknownRunsAndBadBodies() {
        String unknown = "run_0000000000000000000000000a";
        assertThat(worker.get(ROOT + "/runs/" + unknown + "/snapshots/latest").status())
                .isEqualTo(404);
        assertThat(worker.get(ROOT + "/runs/nonsense/snapshots/latest").status())
                .isEqualTo(404);

        RunId run = trigger("{}");
        SnapshotId snapshot = dequeue(run).snapshot().friendlyId();
        var broken = worker.postText(path(run, snapshot) + "/attempts/complete", "{");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().path("error").asString()).isEqualTo("Body Error");
        assertThat(worker.post(ROOT + "/runs/" + run + "/snapshots/x/attempts/start", null)
                        .status())
                .isEqualTo(400);
    }

    private RunId trigger(String payload) {
        TriggerOutcome outcome = engine.trigger(
                TriggerCommand.of(environmentId("stg"), taskId).payload(payload).build());
        return ((TriggerOutcome.Accepted) outcome).runId();
    }

    /// Takes runs until the wanted one comes; others that tests left behind are passed over.
    private DequeuedMessage dequeue(RunId run) {
        for (int i = 0; i < 50; i++) {
            var messages = worker.with("content-type", "text/plain;charset=UTF-8")
                    .post(ROOT + "/dequeue", new DequeueRequest(null, 50, 2_000L))
                    .as(DequeuedMessage[].class);
            for (DequeuedMessage message : messages) {
                if (message.run().friendlyId().equals(run)) {
                    return message;
                }
            }
        }
        throw new AssertionError("run " + run + " was not handed out");
    }

    private StartAttemptResponse start(RunId run, SnapshotId snapshot) {
        return worker.with("x-trigger-worker-runner-id", "runner-" + run)
                .post(path(run, snapshot) + "/attempts/start", Map.of("isWarmStart", false))
                .as(StartAttemptResponse.class);
    }

    private CompleteAttemptResponse complete(RunId run, SnapshotId snapshot, Completion completion) {
        return worker.post(path(run, snapshot) + "/attempts/complete", new CompleteAttemptRequest(completion))
                .as(CompleteAttemptResponse.class);
    }

    private static String path(RunId run, SnapshotId snapshot) {
        return ROOT + "/runs/" + run + "/snapshots/" + snapshot;
    }
}
