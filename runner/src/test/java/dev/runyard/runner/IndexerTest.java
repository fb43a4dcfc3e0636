package dev.runyard.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.run.MachinePreset;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class IndexerTest {
    @TempDir
    Path folder;

    @Test
    void printsOneJsonDocument() throws Exception {
        try (ChildJvm indexer = index(TaskClasses.compile(folder, TaskClasses.FULL))) {
            assertThat(indexer.awaitExit()).isZero();

            BackgroundWorkerMetadata metadata =
                    JsonMapper.builder().build().readValue(indexer.out(), BackgroundWorkerMetadata.class);
            assertThat(metadata.runtime()).isEqualTo("java");
            assertThat(metadata.contentHash()).hasSize(64);
            assertThat(metadata.queues()).containsExactly(new QueueManifest("shared", 5));
            TaskResource task = metadata.tasks().getFirst();
            assertThat(task.id()).isEqualTo("full");
            assertThat(task.description()).isEqualTo("Has it all");
            assertThat(task.filePath()).isEqualTo("shop/Full.java");
            assertThat(task.entryPoint()).isEqualTo("shop.Full#FULL");
            assertThat(task.queue()).isEqualTo(new QueueManifest("shared", 5));
            assertThat(task.machine()).isEqualTo(new TaskResource.Machine(MachinePreset.LARGE_1X));
            assertThat(task.maxDuration()).isEqualTo(60);
            assertThat(task.ttl()).isEqualTo("1h");
            assertThat(indexer.err()).contains("not JSON");
            assertThat(metadata.tasks()).extracting(TaskResource::id).containsExactly("full", "hidden", "tick");
            TaskResource tick = metadata.tasks().getLast();
            assertThat(tick.triggerSource()).isEqualTo("schedule");
            assertThat(tick.schedule())
                    .isEqualTo(new TaskResource.Schedule("0 5 * * *", "Asia/Tokyo", List.of("PRODUCTION")));
            assertThat(task.payloadSchema()).containsEntry("type", "string");
        }
    }

    @Test
    void namesTheClassThatFailsToLoad() throws Exception {
        try (ChildJvm indexer = index(TaskClasses.compile(folder, TaskClasses.BROKEN))) {
            assertThat(indexer.awaitExit()).isEqualTo(1);
            assertThat(indexer.out()).isEmpty();
            assertThat(indexer.err()).contains("class shop.Broken could not be loaded", "NumberFormatException");
        }
    }

    @Test
    void namesBothPlacesOfAnIdThatIsTakenTwice() throws Exception {
        try (ChildJvm indexer = index(TaskClasses.compile(folder, TaskClasses.TWICE))) {
            assertThat(indexer.awaitExit()).isEqualTo(1);
            assertThat(indexer.err()).contains("\"same\"", "shop.Twice.ONE", "shop.Twice.TWO");
        }
    }

    @Test
    void refusesABundleWithoutTasks() throws Exception {
        try (ChildJvm indexer = index(folder)) {
            assertThat(indexer.awaitExit()).isEqualTo(1);
            assertThat(indexer.err()).contains("No tasks were found");
        }
    }

    /** Without the other tests' classes: a bundle has only its own. */
    private static ChildJvm index(Path classes) throws Exception {
        String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return ChildJvm.start(Indexer.class, classes + File.pathSeparator + libraries, List.of(), Map.of());
    }
}
