package dev.runyard.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.testing.TestSupervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The supervisor as a process of its own, which can be killed and given settings like an operator's.
final class SupervisorProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final int port = TestSupervisor.freePort();
    private FakeWebapp webapp;

    @BeforeEach
    void startWebapp() throws IOException {
        webapp = new FakeWebapp();
    }

    @AfterEach
    void stopWebapp() {
        webapp.close();
    }

    @Test
    void losesNoRunWhenItIsKilled() throws Exception {
        Files.writeString(folder.resolve("token"), FakeWebapp.TOKEN + "\n");
        Process first = start(settings());
        RunId run = webapp.enqueue(TestBundle.in(folder.resolve("bundle")), "obey-cancel");
        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.EXECUTING);
        first.destroyForcibly().waitFor();

        Process second = start(settings());
        webapp.move(run, ExecutionStatus.PENDING_CANCEL);

        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.FINISHED);
        assertThat(webapp.attempts(run)).isEqualTo(1);
        assertThat(webapp.completions(run)).hasSize(1);
        second.destroy();
        assertThat(second.waitFor()).isEqualTo(143);
    }

    @Test
    void waitsForTheFileOfItsToken() throws Exception {
        Process supervisor = start(settings());
        awaitLog("waiting for the worker token's file");

        Files.writeString(folder.resolve("token"), FakeWebapp.TOKEN);

        await().atMost(PATIENCE).until(() -> webapp.calls("connect") == 1);
        awaitLog("runs tasks by process: runyard.supervisor.workload-manager says so");
        supervisor.destroyForcibly().waitFor();
    }

    @Test
    void obeysTheWordOfAnOperator() throws Exception {
        Files.writeString(folder.resolve("token"), FakeWebapp.TOKEN);
        Process supervisor = start(settings());
        await().atMost(PATIENCE).until(() -> webapp.calls("dequeue") > 0);

        assertThat(start(settings(), "drain", "--wait").waitFor()).isZero();

        awaitLog("No run is left: the supervisor can be stopped.");
        RunId run = webapp.enqueue(TestBundle.in(folder.resolve("bundle")), "complete");
        assertThat(start(settings(), "drian").waitFor()).isEqualTo(2);
        awaitLog("unknown: drian");
        assertThat(webapp.status(run)).isEqualTo(ExecutionStatus.QUEUED);
        supervisor.destroyForcibly().waitFor();
    }

    @Test
    void refusesASettingThatItDoesNotKnow() throws Exception {
        Process supervisor = start(settings(), "--runyard.supervisor.max-concurent-runs=2");

        assertThat(supervisor.waitFor()).isEqualTo(1);
        assertThat(log()).contains("max-concurent-runs");
    }

    @Test
    void saysThatItsTokenIsMissing() throws Exception {
        Process supervisor = start(
                Map.of("TRIGGER_API_URL", webapp.url()), "--runyard.supervisor.state-folder=" + folder.resolve("s"));

        assertThat(supervisor.waitFor()).isEqualTo(1);
        assertThat(log()).contains("TRIGGER_WORKER_TOKEN");
    }

    private Map<String, String> settings() {
        return Map.of(
                "TRIGGER_API_URL", webapp.url(),
                "TRIGGER_WORKER_TOKEN", folder.resolve("token").toUri().toString(),
                "RUNYARD_SUPERVISOR_STATE_FOLDER", folder.resolve("state").toString(),
                "RUNYARD_SUPERVISOR_WORKLOAD_MANAGER", "process",
                "RUNYARD_SUPERVISOR_PORT", String.valueOf(port));
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SupervisorApplication.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void awaitLog(String text) {
        await().atMost(PATIENCE).until(() -> log().contains(text));
    }

    private String log() throws IOException {
        Path log = folder.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }
}
