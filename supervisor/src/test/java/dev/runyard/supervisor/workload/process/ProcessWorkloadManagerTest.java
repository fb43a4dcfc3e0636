package dev.runyard.supervisor.workload.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.supervisor.config.ProcessProperties;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadManagerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

final class ProcessWorkloadManagerTest extends WorkloadManagerContract {
    @TempDir
    private Path folder;

    @Override
    protected WorkloadManager newManager() {
        return new ProcessWorkloadManager(
                folder.resolve("workloads"),
                new ProcessProperties(null, 2, "127.0.0.1", DataSize.ofKilobytes(64), Duration.ofMillis(200)));
    }

    @Override
    protected String image() {
        try {
            return TestBundle.in(folder.resolve("bundle"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected String missingImage() {
        return "bundle:" + folder.resolve("does-not-exist");
    }

    @Override
    protected String foreignImage() {
        return "registry.example/tasks:1";
    }

    @Override
    protected void killFromOutside(String runner) {
        kill(folder(runner).task().orElseThrow());
    }

    @Override
    protected void makeVanish(String runner) {
        kill(folder(runner).wrapper().orElseThrow());
    }

    @Override
    protected void awaitOutput(String runner, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> folder(runner).tail().contains(text));
    }

    @Test
    void killsTheTaskOfAWorkloadThatVanished() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");
        ProcessHandle task =
                ProcessHandle.of(folder(workload.runner()).task().orElseThrow()).orElseThrow();

        makeVanish(workload.runner());
        awaitExit(workload);

        assertThat(task.onExit()).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void leavesNoChildOfATaskBehind() {
        Workload workload = start("leave-children");
        awaitOutput(workload.runner(), "ready");
        assertThat(commands()).contains("sleep 611", "sleep 612");

        manager.stop(workload.runner(), Duration.ofSeconds(1));
        awaitExit(workload);
        manager.discard(workload.runner());

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(commands()).doesNotContain("sleep 611", "sleep 612"));
    }

    @Test
    void cutsOutputThatGrowsTooLarge() throws IOException {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");
        Path output = folder(workload.runner()).path().resolve("output");

        Files.write(output, new byte[1 << 20]);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Files.size(output)).isLessThan(1 << 17));
    }

    private WorkloadFolder folder(String runner) {
        return new WorkloadFolder(folder.resolve("workloads").resolve(runner));
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static List<String> commands() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().arguments().stream()
                        .map(arguments -> "sleep " + String.join(" ", Arrays.asList(arguments))))
                .toList();
    }
}
