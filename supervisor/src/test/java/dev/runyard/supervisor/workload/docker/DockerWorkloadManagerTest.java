package dev.runyard.supervisor.workload.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.supervisor.config.DockerProperties;
import dev.runyard.supervisor.config.PullPolicy;
import dev.runyard.supervisor.config.WaitingProperties;
import dev.runyard.supervisor.testing.DockerEngine;
import dev.runyard.supervisor.testing.TestImage;
import dev.runyard.supervisor.workload.Rest;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadExit;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadManagerContract;
import dev.runyard.supervisor.workload.WorkloadSpec;
import dev.runyard.testkit.docker.DockerProxy;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

final class DockerWorkloadManagerTest extends WorkloadManagerContract {
    private static final String SUPERVISOR = "test-" + UUID.randomUUID();
    private static final WaitingProperties KEEP = new WaitingProperties(
            WaitingProperties.Tier.KEEP,
            Duration.ofSeconds(30),
            WaitingProperties.Tier.KEEP,
            Duration.ofMinutes(1),
            4,
            Duration.ofMinutes(1),
            null,
            null);
    private static final String NETWORK = "runyard-test-tasks";
    private static DockerConnection docker;

    @BeforeAll
    static void buildImage(@TempDir Path folder) {
        docker = DockerEngine.require();
        TestImage.build(docker, folder);
    }

    @AfterAll
    static void removeNetwork() {
        if (docker != null) {
            docker.commands().removeNetworkCmd(NETWORK).exec();
            docker.close();
        }
    }

    @Override
    protected WorkloadManager newManager() {
        return new DockerWorkloadManager(
                DockerConnection.to(null, Duration.ofSeconds(30)), properties(PullPolicy.NEVER), SUPERVISOR, KEEP);
    }

    @Override
    protected String image() {
        return TestImage.NAME;
    }

    @Override
    protected String missingImage() {
        return "runyard-test-does-not-exist:1";
    }

    @Override
    protected String foreignImage() {
        return "bundle:/opt/tasks";
    }

    @Override
    protected void killFromOutside(String runner) {
        docker.commands().killContainerCmd(runner).exec();
    }

    @Override
    protected void makeVanish(String runner) {
        docker.commands().removeContainerCmd(runner).withForce(true).exec();
    }

    @Override
    protected void awaitOutput(String runner, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> ContainerOutput.of(docker, runner).contains(text));
    }

    @Test
    void tellsThatAContainerExceededItsMemory() {
        WorkloadExit exit = awaitExit(start("fill-container"));

        assertThat(exit).isInstanceOf(WorkloadExit.OutOfMemory.class);
    }

    @Test
    void boundsTheProcessesOfATask() {
        WorkloadExit exit = awaitExit(start("fork"));

        assertThat(exit.output()).contains("could start ");
        assertThat(Integer.parseInt(exit.output().replaceAll("(?s).*could start (\\d+) processes.*", "$1")))
                .isBetween(10, 64);
    }

    @Test
    void confinesATask() {
        String output = awaitExit(start("print-confinement")).output();

        assertThat(output)
                .contains("CapEff: 0000000000000000", "CapPrm: 0000000000000000", "CapBnd: 0000000000000000")
                .contains("NoNewPrivs: 1", "Seccomp: 2")
                .contains("Uid: 65532 65532 65532 65532", "Gid: 65532 65532 65532 65532")
                .contains("write /probe: denied", "write /app/probe: denied", "write /tmp/probe: allowed")
                .contains("socket: false");
    }

    @Test
    void keepsTasksApart() {
        Workload other = start("listen:4711");
        awaitOutput(other.runner(), "listening");
        var networks = docker.commands()
                .inspectContainerCmd(other.runner())
                .exec()
                .getNetworkSettings()
                .getNetworks();
        String address = networks.values().iterator().next().getIpAddress();

        String output = awaitExit(start("connect:" + address + ":4711")).output();

        assertThat(output).contains("unreachable " + address);
    }

    @Test
    void letsATaskReachItsSupervisor() throws Exception {
        try (var server = new ServerSocket(0)) {
            String output = awaitExit(start("connect:host.docker.internal:" + server.getLocalPort()))
                    .output();

            assertThat(output).contains("reached host.docker.internal");
        }
    }

    @Test
    void createsContainersFromTheTemplateAlone() {
        Workload workload = start("sleep");

        InspectContainerResponse container =
                docker.commands().inspectContainerCmd(workload.runner()).exec();
        HostConfig host = container.getHostConfig();

        assertThat(host.getMemory()).isEqualTo(256L << 20);
        assertThat(host.getMemorySwap()).isEqualTo(256L << 20);
        assertThat(host.getPrivileged()).isFalse();
        assertThat(host.getReadonlyRootfs()).isTrue();
        assertThat(host.getPidsLimit()).isEqualTo(64L);
        assertThat(host.getBinds()).isNullOrEmpty();
        assertThat(host.getDevices()).isNullOrEmpty();
        assertThat(host.getOomScoreAdj()).isEqualTo(500);
        assertThat(host.getInit()).isTrue();
        assertThat(host.getRestartPolicy().getName()).isIn("", "no");
        assertThat(host.getLogConfig().getConfig()).containsEntry("max-size", "10m");
        assertThat(container.getConfig().getLabels())
                .containsEntry("dev.runyard.run", workload.run().toString())
                .containsEntry("dev.runyard.supervisor", SUPERVISOR)
                .containsEntry("dev.runyard.machine", "micro");
    }

    @Test
    void givesAContainerAProcessorUntilItsFirstAttemptBegins() {
        Workload workload = start("sleep");
        assertThat(nanoCpus(workload)).isEqualTo(1_000_000_000L);

        manager.attemptStarted(workload);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(nanoCpus(workload)).isEqualTo(250_000_000L));
    }

    @Test
    void limitsAContainerOfAnEarlierLifeToItsSize() {
        Workload workload = start("sleep");
        try (WorkloadManager next = new DockerWorkloadManager(
                DockerConnection.to(null, Duration.ofSeconds(30)), properties(PullPolicy.NEVER), SUPERVISOR, KEEP)) {
            next.open((_, _) -> {});
            next.adopt(workload);

            assertThat(nanoCpus(workload)).isEqualTo(250_000_000L);
        }
    }

    @Test
    void leavesAContainerAloneInWhichAnotherSupervisorRestoredARun() {
        WorkloadSpec spec = spec("sleep", image(), MachinePreset.MICRO);
        try (WorkloadManager first = sharing("first");
                WorkloadManager second = sharing("second")) {
            first.start(spec);
            // Which is what restoring does before it starts what is stored.
            assertThat(second.start(spec)).isInstanceOf(StartOutcome.Started.class);
            assertThat(first.list()).isEmpty();

            first.discard(spec.runner());

            assertThat(second.list()).containsExactly(spec.workload());
            second.discard(spec.runner());
            assertThat(docker.commands()
                            .listContainersCmd()
                            .withShowAll(true)
                            .withNameFilter(List.of(spec.runner()))
                            .exec())
                    .isEmpty();
        }
    }

    private static WorkloadManager sharing(String name) {
        WaitingProperties waiting = new WaitingProperties(
                WaitingProperties.Tier.CHECKPOINT,
                Duration.ofSeconds(30),
                WaitingProperties.Tier.KEEP,
                Duration.ofMinutes(1),
                4,
                Duration.ofMinutes(1),
                null,
                new WaitingProperties.Shared("/tmp/runyard-test-stored", TestImage.NAME));
        WorkloadManager manager = new DockerWorkloadManager(
                DockerConnection.to(null, Duration.ofSeconds(30)),
                properties(PullPolicy.NEVER),
                SUPERVISOR + "-" + name,
                waiting);
        manager.open((_, _) -> {});
        return manager;
    }

    @Test
    void saysWhyAnImageCannotBeFetched() {
        try (WorkloadManager pulling = new DockerWorkloadManager(
                DockerConnection.to(null, Duration.ofSeconds(30)), properties(PullPolicy.MISSING), SUPERVISOR, KEEP)) {
            StartOutcome outcome = pulling.start(spec("exit:0", "127.0.0.1:9/does-not-exist:1", MachinePreset.MICRO));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            StartOutcome.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .contains("127.0.0.1:9/does-not-exist:1", "could not be fetched"));
        }
    }

    @Test
    void freezesAContainerUntilItIsWoken() {
        Workload workload = start("sleep");
        awaitOutput(workload.runner(), "behaving");

        assertThat(manager.rest(workload.runner())).isInstanceOf(Rest.Frozen.class);
        assertThat(state(workload)).isEqualTo("paused");
        assertThat(exits.of(workload.runner())).isEmpty();
        manager.wake(workload.runner());
        manager.wake(workload.runner());

        assertThat(state(workload)).isEqualTo("running");
    }

    @Test
    void stopsAndTakesOverWhatIsFrozen() {
        Workload stopped = start("sleep");
        Workload adopted = start("sleep");
        awaitOutput(stopped.runner(), "behaving");
        awaitOutput(adopted.runner(), "behaving");
        manager.rest(stopped.runner());
        manager.rest(adopted.runner());

        manager.stop(stopped.runner(), PATIENCE);
        assertThat(awaitExit(stopped)).isInstanceOf(WorkloadExit.Signaled.class);
        replaceManager();
        manager.adopt(adopted);

        assertThat(state(adopted)).isEqualTo("running");
        assertThat(exits.of(adopted.runner())).isEmpty();
    }

    @Test
    void saysWhyWhatIsGoneCannotBeFrozen() {
        assertThat(manager.rest("runner-never-started"))
                .isInstanceOfSatisfying(
                        Rest.Impossible.class,
                        impossible -> assertThat(impossible.reason()).contains("runner-never-started"));
    }

    @Test
    void startsAMachineThatIsLargerThanTheEngine() {
        Workload workload = start(spec("exit:0", image(), MachinePreset.LARGE_2X));

        assertThat(awaitExit(workload)).isInstanceOf(WorkloadExit.Exited.class);
    }

    @Test
    void refusesAnImageWithoutACommand(@TempDir Path folder) throws Exception {
        String image = TestImage.buildEmpty(docker, folder, "");

        StartOutcome outcome = manager.start(spec("exit:0", image, MachinePreset.MICRO));

        assertThat(outcome).isInstanceOf(StartOutcome.Refused.class);
        assertThat(manager.list()).isEmpty();
    }

    @Test
    void tellsThatTheEntryPointDoesNotExist(@TempDir Path folder) throws Exception {
        String image = TestImage.buildEmpty(docker, folder, "ENTRYPOINT [\"/nothing\"]");

        assertThat(awaitExit(start("exit:0", image))).isInstanceOf(WorkloadExit.NotExecutable.class);
    }

    @Test
    void startsWhatItsPredecessorOnlyCreated() {
        Workload workload = start("exit:3");
        awaitExit(workload);
        manager.discard(workload.runner());
        manager.close();
        var spec = spec("exit:4", image(), MachinePreset.MICRO);
        docker.commands()
                .createContainerCmd(image())
                .withName(spec.runner())
                .withEnv("BEHAVIOR=exit:4")
                .withLabels(Labels.of(spec.workload(), SUPERVISOR))
                .exec();
        manager = newManager();
        manager.open(exits);

        manager.adopt(spec.workload());

        assertThat(awaitExit(spec.workload()))
                .isInstanceOfSatisfying(
                        WorkloadExit.Exited.class,
                        ended -> assertThat(ended.code()).isEqualTo(4));
        manager.discard(spec.runner());
    }

    private void manageThrough(DockerProxy proxy) {
        manager.close();
        manager = new DockerWorkloadManager(
                DockerConnection.to(proxy.address(), Duration.ofSeconds(5)),
                properties(PullPolicy.NEVER),
                SUPERVISOR,
                KEEP);
        manager.open(exits);
    }

    @Test
    void tellsWhatHappenedWhileTheEngineWasOutOfReach() {
        try (DockerProxy proxy = new DockerProxy()) {
            manageThrough(proxy);
            Workload dying = start("sleep");
            Workload living = start("sleep");
            awaitOutput(dying.runner(), "behaving");

            proxy.cut();
            killFromOutside(dying.runner());
            assertThat(manager.obstacle())
                    .hasValueSatisfying(why -> assertThat(why).contains("does not answer"));
            assertThat(manager.start(spec("exit:0", image(), MachinePreset.MICRO)))
                    .isInstanceOf(StartOutcome.Unavailable.class);
            assertThat(exits.of(living.runner())).isEmpty();
            proxy.restore();
            assertThat(manager.obstacle()).isEmpty();

            assertThat(awaitExit(dying, Duration.ofSeconds(5))).isInstanceOf(WorkloadExit.Signaled.class);
            assertThat(exits.of(living.runner())).isEmpty();
            manager.close();
        }
        manager = newManager();
    }

    @Test
    void removesLaterWhatItCouldNotRemove() {
        try (DockerProxy proxy = new DockerProxy()) {
            manageThrough(proxy);
            Workload left = start("sleep");
            awaitOutput(left.runner(), "behaving");

            proxy.cut();
            manager.discard(left.runner());
            assertThat(state(left)).isEqualTo("running");
            proxy.restore();

            await("what was left is removed")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> manager.list().stream()
                            .noneMatch(workload -> workload.runner().equals(left.runner())));
            assertThat(exits.of(left.runner())).isEmpty();
            manager.close();
        }
        manager = newManager();
    }

    private static String state(Workload workload) {
        return String.valueOf(docker.commands()
                .inspectContainerCmd(workload.runner())
                .exec()
                .getState()
                .getStatus());
    }

    private static @Nullable Long nanoCpus(Workload workload) {
        return docker.commands()
                .inspectContainerCmd(workload.runner())
                .exec()
                .getHostConfig()
                .getNanoCPUs();
    }

    private static DockerProperties properties(PullPolicy pullPolicy) {
        return new DockerProperties(
                null,
                NETWORK,
                true,
                64,
                DataSize.ofMegabytes(128),
                "65532:65532",
                false,
                pullPolicy,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                "host.docker.internal",
                null,
                Duration.ofSeconds(10),
                2,
                1,
                0.9,
                List.of());
    }
}
