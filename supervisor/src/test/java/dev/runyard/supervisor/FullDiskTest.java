package dev.runyard.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.testing.TestSupervisor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A supervisor whose folder lies on a file system that is full.
final class FullDiskTest {
    private static final Logger LOG = LoggerFactory.getLogger(FullDiskTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Path disk;
    private FakeWebapp webapp;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        webapp = new FakeWebapp();
        disk = Files.createDirectory(folder.resolve("disk"));
        if (command("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString()) != 0) {
            LOG.warn("skipped: this user may mount no file system");
            Assumptions.abort("This user may mount no file system.");
        }
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        webapp.close();
        command("umount", "--lazy", disk.toString());
    }

    @Test
    void givesRunsBackAndSaysWhatIsFull() throws IOException {
        String bundle = TestBundle.in(folder.resolve("bundle"));
        webapp.setAfterFailure(AttemptStatus.RETRY_QUEUED);
        try (TestSupervisor _ = TestSupervisor.start(webapp, disk, "workload-manager=process")) {
            Path filler = fill();
            RunId run = webapp.enqueue(bundle, "complete");
            await().atMost(PATIENCE).until(() -> webapp.completion(run) != null);

            TaskRunError.Internal error = assertInstanceOf(
                    TaskRunError.Internal.class,
                    webapp.completions(run).getFirst().error());
            assertThat(error.code()).isEqualTo(InternalErrorCode.TASK_RUN_CRASHED);
            assertThat(error.message()).contains(disk.toString(), "No space left on device");
            assertThat(webapp.attempts(run)).isZero();

            Files.delete(filler);
            await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.FINISHED);
            assertThat(webapp.attempts(run)).isEqualTo(1);
            assertThat(webapp.completions(run)).filteredOn(Completion::ok).hasSize(1);
        }
    }

    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
        return filler;
    }

    private static int command(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
