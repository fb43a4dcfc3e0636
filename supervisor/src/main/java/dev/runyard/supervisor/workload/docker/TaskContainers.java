package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes and removes the containers of tasks, with their sandboxes.
final class TaskContainers {
    private static final Logger log = LoggerFactory.getLogger(TaskContainers.class);

    private final DockerConnection docker;
    private final String user;
    private final String supervisor;
    private final ContainerTemplate template;
    private final Optional<Sandbox> sandbox;

    /// Containers that could not be removed because the engine did not answer.
    private final Set<String> unremoved = ConcurrentHashMap.newKeySet();

    /// @param user user and group of the tasks
    /// @param supervisor name of this supervisor, by which its containers are told from those of others
    /// @param sandbox what makes containers fit for being stored, where they have to be
    TaskContainers(
            DockerConnection docker,
            String user,
            String supervisor,
            ContainerTemplate template,
            Optional<Sandbox> sandbox) {
        this.docker = docker;
        this.user = user;
        this.supervisor = supervisor;
        this.template = template;
        this.sandbox = sandbox;
    }

    /// Makes a container and does not start it.
    ///
    /// @return its id
    String create(WorkloadSpec spec) {
        unremoved.remove(spec.runner());
        try {
            return tryCreate(spec);
        } catch (ConflictException e) {
            // What is left of a start whose answer was lost; a run is handed out with one snapshot only once.
            remove(spec.runner());
            return tryCreate(spec);
        }
    }

    /// Removes a container, later where the engine does not answer.
    void remove(String runner) {
        orLater(runner, () -> {
            removeContainer(runner);
            sandbox.ifPresent(holder -> holder.remove(runner));
        });
    }

    /// Removes a container that this supervisor has made, later where the engine does not answer. One of the same name
    /// that another supervisor of this engine has made meanwhile is left alone.
    void removeOwn(String runner) {
        orLater(
                runner,
                () -> own().stream()
                        .filter(container -> runner.equals(Labels.runner(container.getLabels()))
                                || Sandbox.isOf(runner, container.getLabels()))
                        .forEach(container -> removeContainer(container.getId())));
    }

    /// Removes what could not be removed before.
    void removeLeft() {
        Set.copyOf(unremoved).forEach(this::removeOwn);
    }

    /// Removes the sandboxes of containers that are gone, and what an earlier life was carrying.
    void removeOrphans() {
        own().stream()
                .filter(container -> Carrier.isOne(container.getLabels()))
                .forEach(container -> removeContainer(container.getId()));
        Set<String> runners = workloads().stream().map(Workload::runner).collect(Collectors.toSet());
        sandbox.ifPresent(holders -> holders.keepOnly(runners, own()));
    }

    List<Workload> workloads() {
        return own().stream()
                .flatMap(container -> Labels.read(container.getLabels()).stream())
                .toList();
    }

    /// Returns all containers of this supervisor.
    List<Container> own() {
        return docker.commands()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.SUPERVISOR, supervisor))
                .exec();
    }

    private String tryCreate(WorkloadSpec spec) {
        boolean isSandboxed = sandbox.filter(holder -> holder.start(spec)).isPresent();
        CreateContainerCmd command = docker.commands()
                .createContainerCmd(spec.image())
                .withName(spec.runner())
                .withUser(user)
                .withEnv(template.environment(spec))
                .withLabels(Labels.of(spec.workload(), supervisor));
        HostConfig config = template.hostConfig(spec);
        if (isSandboxed) {
            config.withNetworkMode(Sandbox.network(spec.runner())).withExtraHosts();
            command.withEnv(template.environmentOfStorable(spec));
        } else {
            command.withHostName(spec.runner());
        }
        return command.withHostConfig(config).exec().getId();
    }

    private void orLater(String runner, Runnable removal) {
        try {
            removal.run();
            unremoved.remove(runner);
        } catch (RuntimeException e) {
            if (unremoved.add(runner)) {
                log.warn("cannot remove the container {} yet: {}", runner, Messages.of(e));
            }
        }
    }

    private void removeContainer(String container) {
        try {
            docker.commands()
                    .removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException e) {
            log.debug("{} is removed already", container);
        }
    }
}
