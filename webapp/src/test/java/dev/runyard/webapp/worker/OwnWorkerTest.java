package dev.runyard.webapp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.DevDequeueRequest;
import dev.runyard.protocol.worker.DevDequeueResponse;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// An environment whose runs its own workers execute.
class OwnWorkerTest extends WebappTest {
    private static final String ROOT = "/engine/v1/dev";

    @Autowired
    private Projects projects;

    @Autowired
    private TenantDirectory directory;

    private final String taskId = "task-" + UUID.randomUUID();
    private Projects.Listed project;
    private Http key;

    @BeforeEach
    void makeAnEnvironment() {
        UUID organization = directory.environments().getFirst().organization().id();
        project = projects.create(organization, "own workers");
        TenantEnvironment environment =
                projects.environment(project.id(), EnvironmentType.PRODUCTION).orElseThrow();
        key = anonymous()
                .with("Authorization", "Bearer " + environment.secretKey().value());
    }

    @Test
    void registersAVersionInOneStep() {
        Http.Answer first = register();
        Http.Answer second = register();

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().path("id").asString()).startsWith("worker_");
        assertThat(first.json().path("contentHash").asString()).isEqualTo("hash");
        assertThat(second.json()).as("the same build is the same version").isEqualTo(first.json());
        assertThat(key.get("/api/v1/deployments/current").json().path("version").asString())
                .isEqualTo(first.json().path("version").asString());
    }

    @Test
    void refusesTheKeyOfAnotherProject() {
        assertThat(key.post(
                                "/api/v1/projects/proj_another/background-workers",
                                Deployments.registration(Deployments.task(taskId)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void handsRunsToTheEnvironmentsOwnWorkers() {
        register();
        RunId run = trigger();

        assertThat(takenBySupervisors()).doesNotContain(run);
        DequeuedMessage message = dequeueOne();
        assertThat(message.run().friendlyId()).isEqualTo(run);
        assertThat(message.image()).isNull();
        assertThat(message.environment().type()).isEqualTo("PRODUCTION");

        SnapshotId started = start(run, message.snapshot().friendlyId());
        assertThat(key.post(path(run, started) + "/heartbeat", Map.of()).status())
                .isEqualTo(200);
        assertThat(complete(run, started).path("result").path("attemptStatus").asString())
                .isEqualTo("RUN_FINISHED");
    }

    /// What waited for a version, and what waited for a supervisor, goes to the worker that registers.
    @Test
    void bringsWaitingRunsToTheWorkerThatRegisters() {
        RunId parked = trigger();
        register();
        assertThat(finish(dequeueOne())).isEqualTo(parked);

        Deployments.deploy(key, Deployments.task(taskId));
        assertThat(dequeue().status()).as("supervisors take the runs now").isEqualTo(422);
        RunId queued = trigger();
        register();
        assertThat(finish(dequeueOne())).isEqualTo(queued);
    }

    /// The way back: runs that no worker has go to supervisors with the version that those can start.
    @Test
    void bringsWaitingRunsToSupervisorsAfterADeployment() {
        register();
        RunId run = trigger();

        Deployments.deploy(key, Deployments.task(taskId));

        assertThat(takenBySupervisors()).contains(run);
    }

    @Test
    void tellsOfRunsThatChanged() {
        register();
        RunId run = trigger();
        DequeuedMessage message = dequeueOne();
        start(run, message.snapshot().friendlyId());

        var watched = new RunChangesRequest.Watched(run, message.snapshot().friendlyId());
        assertThat(key.post(ROOT + "/runs/changes", new RunChangesRequest(List.of(watched), 0L))
                        .json()
                        .path("changes")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void doesNotShowRunsOfOthers() {
        register();
        RunId run = trigger();
        SnapshotId claimed = dequeueOne().snapshot().friendlyId();

        Http stranger = api("stg");
        assertThat(stranger.post(path(run, claimed) + "/attempts/start", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(stranger.get(ROOT + "/runs/" + run + "/snapshots/latest").status())
                .isEqualTo(404);
        var watched = new RunChangesRequest.Watched(run, claimed);
        assertThat(stranger.post(ROOT + "/runs/changes", new RunChangesRequest(List.of(watched), 0L))
                        .json()
                        .path("unknown")
                        .size())
                .isEqualTo(1);
        assertThat(anonymous().post(ROOT + "/dequeue", null).status()).isEqualTo(401);
    }

    @Test
    void saysWhichWorkersServeTheEnvironment() {
        register();
        assertThat(dequeue().status()).isEqualTo(200);

        assertThat(key.get(ROOT + "/config")
                        .json()
                        .path("workers")
                        .valueStream()
                        .map(name -> name.asString("")))
                .containsExactly("worker-1");
    }

    private Http.Answer register() {
        return key.post(
                "/api/v1/projects/" + project.ref() + "/background-workers",
                Deployments.registration(Deployments.task(taskId)));
    }

    private RunId trigger() {
        return RunId.parse(key.post("/api/v1/tasks/" + taskId + "/trigger", Map.of("payload", 1))
                .json()
                .path("id")
                .asString());
    }

    private Http.Answer dequeue() {
        return key.with("x-trigger-worker-instance-name", "worker-1")
                .post(ROOT + "/dequeue", new DevDequeueRequest(1, 200L));
    }

    private DequeuedMessage dequeueOne() {
        for (int i = 0; i < 100; i++) {
            List<DequeuedMessage> messages =
                    dequeue().as(DevDequeueResponse.class).dequeuedMessages();
            if (!messages.isEmpty()) {
                return messages.getFirst();
            }
        }
        throw new AssertionError("no run was handed out");
    }

    private List<RunId> takenBySupervisors() {
        Http supervisor = supervisor("supervisor-own");
        List<RunId> taken = new ArrayList<>();
        DequeuedMessage[] messages;
        do {
            messages = supervisor
                    .post("/engine/v1/worker-actions/dequeue", new DequeueRequest(null, 50, 500L))
                    .as(DequeuedMessage[].class);
            for (DequeuedMessage message : messages) {
                taken.add(message.run().friendlyId());
            }
        } while (messages.length > 0);
        return taken;
    }

    private RunId finish(DequeuedMessage message) {
        RunId run = message.run().friendlyId();
        complete(run, start(run, message.snapshot().friendlyId()));
        return run;
    }

    private SnapshotId start(RunId run, SnapshotId snapshot) {
        return key.post(path(run, snapshot) + "/attempts/start", Map.of())
                .as(StartAttemptResponse.class)
                .snapshot()
                .friendlyId();
    }

    private JsonNode complete(RunId run, SnapshotId snapshot) {
        return key.post(
                        path(run, snapshot) + "/attempts/complete",
                        new CompleteAttemptRequest(Completion.success(run.toString(), "1", "application/json", 1)))
                .json();
    }

    private static String path(RunId run, SnapshotId snapshot) {
        return ROOT + "/runs/" + run + "/snapshots/" + snapshot;
    }
}
