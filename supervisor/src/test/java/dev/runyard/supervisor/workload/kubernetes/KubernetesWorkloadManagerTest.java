package dev.runyard.supervisor.workload.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.supervisor.config.KubernetesProperties;
import dev.runyard.supervisor.config.PullPolicy;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadExit;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadManagerContract;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

final class KubernetesWorkloadManagerTest extends WorkloadManagerContract {
    private static final String SUPERVISOR = "test-1";
    private static FakeCluster cluster;

    @BeforeAll
    static void startCluster(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("runner.jar");
        Files.write(jar, TestBundle.jar());
        cluster = new FakeCluster(folder, jar);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Override
    protected WorkloadManager newManager() {
        return new KubernetesWorkloadManager(cluster.client(), properties(), SUPERVISOR);
    }

    @Override
    protected String image() {
        return FakeCluster.IMAGE;
    }

    @Override
    protected String missingImage() {
        return "example/does-not-exist:1";
    }

    @Override
    protected String foreignImage() {
        return "bundle:/opt/tasks";
    }

    @Override
    protected void killFromOutside(String runner) {
        cluster.kill(runner);
    }

    @Override
    protected void makeVanish(String runner) {
        cluster.makeVanish(runner);
    }

    @Override
    protected void awaitOutput(String runner, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> cluster.output(runner).contains(text));
    }

    @Test
    void createsPodsFromTheTemplateAlone() {
        Workload workload = start("sleep");

        Pod pod = cluster.pod(workload.runner());

        assertThat(pod.getMetadata().getLabels())
                .containsEntry("runyard.dev/supervisor", SUPERVISOR)
                .containsEntry("runyard.dev/run", workload.run().toString());
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getSpec().getNodeSelector()).containsEntry("pool", "tasks");
        assertThat(pod.getSpec().getImagePullSecrets())
                .singleElement()
                .matches(secret -> secret.getName().equals("registry"));
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        Container container = pod.getSpec().getContainers().getFirst();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getResources().getLimits())
                .containsEntry("cpu", new Quantity("250m"))
                .containsEntry("memory", new Quantity(String.valueOf(256L << 20)));
        assertThat(container.getVolumeMounts())
                .singleElement()
                .matches(mount -> mount.getMountPath().equals("/tmp"));
        assertThat(pod.getSpec().getVolumes()).singleElement().matches(volume -> volume.getEmptyDir() != null);
    }

    @Test
    void tellsThatAContainerExceededItsMemory() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");

        cluster.exceedMemory(workload.runner());

        assertThat(awaitExit(workload)).isInstanceOf(WorkloadExit.OutOfMemory.class);
    }

    @Test
    void tellsThatAPodWasEvicted() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");

        cluster.evict(workload.runner());

        assertThat(awaitExit(workload))
                .isInstanceOfSatisfying(
                        WorkloadExit.Vanished.class,
                        ended -> assertThat(ended.detail()).contains("Evicted", "ephemeral-storage"));
    }

    @Test
    void keepsADeletedPodUntilItsEndIsReported() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");

        manager.stop(workload.runner(), Duration.ofSeconds(1));
        awaitExit(workload);

        assertThat(cluster.pod(workload.runner())).isNotNull();
        manager.discard(workload.runner());
        assertThat(cluster.pod(workload.runner())).isNull();
    }

    @Test
    void readsBackWhatAPodIs() {
        Workload workload = start(spec("sleep", image(), MachinePreset.LARGE_1X));

        assertThat(manager.list()).contains(workload);
    }

    private static KubernetesProperties properties() {
        return new KubernetesProperties(
                FakeCluster.NAMESPACE,
                100,
                0.75,
                1,
                DataSize.ofGigabytes(10),
                DataSize.ofMegabytes(128),
                65532,
                PullPolicy.MISSING,
                List.of("registry"),
                Map.of("pool", "tasks"),
                null,
                Duration.ofSeconds(30),
                "runyard-supervisor",
                null);
    }
}
