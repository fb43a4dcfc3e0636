package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import dev.runyard.supervisor.config.WaitingProperties;
import dev.runyard.supervisor.workload.WorkloadExit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what is stored from the shared folder to where the engine looks for it.
///
/// The engine stores to any folder of its machine, but restores only from the folder of the very container, where root
/// alone may write. So a container does that which can do nothing else: no network, no capability, and nothing of the
/// machine but the two folders.
final class Carrier {
    private static final Logger log = LoggerFactory.getLogger(Carrier.class);
    private static final String LABEL = "dev.runyard.carrier";
    private static final String ROOT = "0:0";
    private static final String SOURCE = "/stored";
    private static final String TARGET = "/checkpoints";
    private static final long PIDS = 8;
    private static final long MEMORY = 64L << 20;
    private static final int NOT_STARTED = -1;

    private final DockerConnection docker;
    private final ImageStore images;
    private final ReadExit readExit;
    private final String supervisor;
    private final String image;
    private final String folder;
    private final Duration timeout;

    /// @param shared the folder and the image, which is trusted
    /// @param timeout longest copy
    Carrier(
            DockerConnection docker,
            ImageStore images,
            String supervisor,
            WaitingProperties.Shared shared,
            Duration timeout) {
        this.timeout = timeout;
        this.docker = docker;
        this.images = images;
        this.readExit = new ReadExit(docker);
        this.supervisor = supervisor;
        this.image = String.valueOf(shared.image());
        this.folder = String.valueOf(shared.folder()).replaceAll("/+$", "");
    }

    /// Tells by a container's labels whether it is a carrier.
    static boolean isOne(Map<String, String> labels) {
        return labels.containsKey(LABEL);
    }

    /// Returns the shared folder.
    String folder() {
        return folder;
    }

    /// Copies what is stored by a name to a container that was created and not started.
    ///
    /// @return why that was impossible, a sentence
    Optional<String> bring(String name, String container) throws InterruptedException {
        String root = docker.commands().infoCmd().exec().getDockerRootDir();
        HostConfig config = hardened()
                // Refused where the folder does not exist, …
                .withMounts(List.of(new Mount()
                        .withType(MountType.BIND)
                        .withSource(folder + "/" + name)
                        .withTarget(SOURCE)
                        .withReadOnly(true)))
                // … while this one is made where it does not.
                .withBinds(new Bind(
                        root + "/containers/" + container + "/checkpoints", new Volume(TARGET), AccessMode.rw));
        return with(config, carrier -> {
            docker.commands().startContainerCmd(carrier).exec();
            docker.streams()
                    .waitContainerCmd(carrier)
                    .exec(new WaitContainerResultCallback())
                    .awaitStatusCode(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return failure(carrier);
        });
    }

    /// Calls the engine with a container that was created for that and is not started.
    <T> T idle(Function<String, T> call) throws InterruptedException {
        return with(hardened(), call);
    }

    private <T> T with(HostConfig config, Function<String, T> call) throws InterruptedException {
        Optional<String> missing = images.provide(image);
        if (missing.isPresent()) {
            throw new IllegalStateException(missing.get());
        }
        CreateContainerCmd command = docker.commands()
                .createContainerCmd(image)
                .withName("runyard-carrier-" + UUID.randomUUID())
                .withUser(ROOT)
                .withEntrypoint("cp")
                .withCmd("-r", SOURCE, TARGET + "/" + ContainerCheckpoints.NAME)
                .withLabels(Map.of(Labels.SUPERVISOR, supervisor, LABEL, "true"))
                .withHostConfig(config);
        String carrier = command.exec().getId();
        try {
            return call.apply(carrier);
        } finally {
            remove(carrier);
        }
    }

    private Optional<String> failure(String carrier) {
        try {
            WorkloadExit exit = readExit.read(carrier, false).orElse(new WorkloadExit.Exited(NOT_STARTED, ""));
            return exit instanceof WorkloadExit.Exited(int code, String _) && code == 0
                    ? Optional.empty()
                    : Optional.of("what is stored could not be copied to the engine: " + exit.output());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the supervisor stopped while what is stored was copied to the engine");
        }
    }

    /// What is left of one that cannot be removed goes at the next start of this supervisor.
    private void remove(String carrier) {
        try {
            docker.commands().removeContainerCmd(carrier).withForce(true).exec();
        } catch (RuntimeException e) {
            log.warn("cannot remove {}: {}", carrier, Messages.of(e));
        }
    }

    private static HostConfig hardened() {
        return new HostConfig()
                .withNetworkMode("none")
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(true)
                .withPidsLimit(PIDS)
                .withMemory(MEMORY)
                .withMemorySwap(MEMORY)
                .withRestartPolicy(RestartPolicy.noRestart());
    }
}
