package dev.runyard.supervisor.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.pace.Pacer;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.testing.TestSupervisor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// What an operator sees who drains a supervisor.
final class DrainCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final int port = TestSupervisor.freePort();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void waitsUntilTheLastRunHasEndedAndResumes() throws Exception {
        try (FakeWebapp webapp = new FakeWebapp();
                TestSupervisor _ =
                        TestSupervisor.start(port, webapp, folder.resolve("state"), "workload-manager=process")) {
            RunId run = webapp.enqueue(TestBundle.in(folder.resolve("bundle")), "obey-cancel");
            await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.EXECUTING);

            CompletableFuture<Integer> code =
                    CompletableFuture.supplyAsync(() -> run(Pacer.real(), folder.resolve("state"), "drain", "--wait"));
            await().atMost(PATIENCE).until(() -> text(out).contains("Runs left: 1."));
            assertThat(code).isNotDone();
            webapp.move(run, ExecutionStatus.PENDING_CANCEL);

            assertThat(code).succeedsWithin(PATIENCE).isEqualTo(0);
            assertThat(text(out)).endsWith("No run is left: the supervisor can be stopped.\n");
            assertThat(run(Pacer.real(), folder.resolve("state"), "resume")).isZero();
            assertThat(text(out)).endsWith("The supervisor takes new runs again.\n");
            assertThat(run(Pacer.real(), folder.resolve("state"), "resume")).isZero();
            assertThat(text(out)).endsWith("The supervisor was not drained.\n");
        }
    }

    @Test
    void saysThatTheSupervisorKeepsItsStateElsewhere() throws Exception {
        Files.createDirectory(folder.resolve("other"));
        try (FakeWebapp webapp = new FakeWebapp();
                TestSupervisor _ =
                        TestSupervisor.start(port, webapp, folder.resolve("state"), "workload-manager=process")) {
            assertThat(run(_ -> {}, folder.resolve("other"), "drain")).isEqualTo(1);
        }

        assertThat(text(err))
                .contains("does not follow", folder.resolve("other").toString(), "_STATE_FOLDER");
        assertThat(folder.resolve("other")).isEmptyDirectory();
    }

    @Test
    void saysThatNobodyAnswersAndDrainsWhoeverStarts() {
        assertThat(run(_ -> {}, folder, "drain")).isZero();
        assertThat(run(_ -> {}, folder, "drain", "--wait")).as("cannot wait").isEqualTo(1);

        assertThat(text(err)).contains("does not answer at http://127.0.0.1:" + port);
        assertThat(text(out)).contains("takes no new runs", "is drained already");
        assertThat(folder.resolve("drained")).exists();
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThat(run(_ -> {}, folder.resolve("typo"), "drain")).isEqualTo(1);

        assertThat(text(err)).contains(folder.resolve("typo").toString(), "RUNYARD_SUPERVISOR_STATE_FOLDER");
        assertThat(folder.resolve("typo")).doesNotExist();
    }

    @Test
    void refusesWordsThatItDoesNotKnow() {
        for (String words : List.of("drian", "drain --for-ever", "resume --wait", "drain --wait now")) {
            err.reset();
            assertThat(run(_ -> {}, folder, words.split(" "))).isEqualTo(2);
            assertThat(text(err)).startsWith("unknown: " + words + "\n").contains("drain [--wait] | resume");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private int run(Pacer pacer, Path state, String... words) {
        var source = new MapConfigurationPropertySource(Map.of(
                "runyard.supervisor.port", String.valueOf(port),
                "runyard.supervisor.state-folder", state.toString()));
        var settings = new Binder(source)
                .bind("runyard.supervisor", SupervisorProperties.class)
                .get();
        try {
            return new DrainCommand(settings, stream(out), stream(err), pacer).run(List.of(words));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
