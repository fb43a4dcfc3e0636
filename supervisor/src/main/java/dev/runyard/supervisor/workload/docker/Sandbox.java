package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Containers that do nothing but hold the network of a task's container.
///
/// The engine cannot bring a container back whose own network is a bridge. One that has joined another's can be
/// stopped and restored while that one stays, at the cost of a sleeping process of less than a mebibyte.
final class Sandbox {
    /// Network of a container that has joined another's.
    static final String MODE = "container:";

    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);
    private static final String LABEL = "dev.runyard.sandbox";
    private static final String NOBODY = "65534:65534";

    private final DockerConnection docker;
    private final ContainerTemplate template;
    private final String supervisor;
    private final @Nullable String image;

    /// @param image image whose own command sleeps; absent where the task's image has `sleep`
    Sandbox(DockerConnection docker, ContainerTemplate template, String supervisor, @Nullable String image) {
        this.docker = docker;
        this.template = template;
        this.supervisor = supervisor;
        this.image = image;
    }

    /// Returns the network that a workload's container has to join where it has a sandbox.
    static String network(String runner) {
        return MODE + name(runner);
    }

    /// Tells by a container's labels whether it is the sandbox of a workload.
    static boolean isOf(String runner, Map<String, String> labels) {
        return runner.equals(labels.get(LABEL));
    }

    /// Starts the sandbox of a workload.
    ///
    /// @return whether it runs; the workload can do without
    boolean start(WorkloadSpec spec) {
        tryRemove(spec.runner());
        try {
            create(spec);
            docker.commands().startContainerCmd(name(spec.runner())).exec();
            return true;
        } catch (DockerException e) {
            log.info("{} has no sandbox and cannot be stored: {}", spec.runner(), Messages.of(e));
            tryRemove(spec.runner());
            return false;
        }
    }

    void remove(String runner) {
        try {
            docker.commands()
                    .removeContainerCmd(name(runner))
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException e) {
            log.debug("{} has no sandbox", runner);
        }
    }

    /// Removes the sandboxes of workloads that are gone.
    void keepOnly(Set<String> runners, List<Container> containers) {
        containers.stream()
                .map(container -> container.getLabels().getOrDefault(LABEL, ""))
                .filter(runner -> !runner.isEmpty() && !runners.contains(runner))
                .forEach(this::tryRemove);
    }

    private void tryRemove(String runner) {
        try {
            remove(runner);
        } catch (RuntimeException e) {
            log.warn("cannot remove the sandbox of {}: {}", runner, Messages.of(e));
        }
    }

    private void create(WorkloadSpec spec) {
        String own = image;
        CreateContainerCmd command = docker.commands()
                .createContainerCmd(own == null ? spec.image() : own)
                .withName(name(spec.runner()))
                .withHostName(spec.runner())
                .withUser(NOBODY)
                .withLabels(Map.of(Labels.SUPERVISOR, supervisor, LABEL, spec.runner()))
                .withHostConfig(template.sandbox());
        if (own == null) {
            command.withEntrypoint("sleep").withCmd("infinity");
        }
        command.exec();
    }

    private static String name(String runner) {
        return runner + "-net";
    }
}
