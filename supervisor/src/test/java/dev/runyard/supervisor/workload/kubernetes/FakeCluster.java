package dev.runyard.supervisor.workload.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// An API server in memory, with one node that runs the containers of its pods as processes.
final class FakeCluster implements AutoCloseable {
    static final String NAMESPACE = "runyard-tasks";
    static final String IMAGE = "example/tasks:1";

    /// How long the node waits between SIGTERM and SIGKILL.
    private static final long GRACE_SECONDS = 1;

    private final Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);
    private final Path folder;
    private final Path jar;
    private final KubernetesClient node;
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<String> vanished = ConcurrentHashMap.newKeySet();

    FakeCluster(Path folder, Path jar) {
        this.folder = folder;
        this.jar = jar;
        server.init();
        node = server.createClient();
        node.pods().inNamespace(NAMESPACE).inform(new Node());
    }

    KubernetesClient client() {
        return server.createClient();
    }

    void kill(String runner) {
        process(runner).destroyForcibly();
    }

    /// Removes a pod as if it had never been.
    void makeVanish(String runner) {
        vanished.add(runner);
        kill(runner);
        node.pods().inNamespace(NAMESPACE).withName(runner).edit(pod -> {
            pod.getMetadata().setFinalizers(List.of());
            return pod;
        });
        node.pods().inNamespace(NAMESPACE).withName(runner).delete();
    }

    /// Lets a pod fail as a node that is short of disk does.
    void evict(String runner) {
        vanished.add(runner);
        kill(runner);
        node.pods()
                .inNamespace(NAMESPACE)
                .withName(runner)
                .editStatus(pod -> new PodBuilder(pod)
                        .editOrNewStatus()
                        .withPhase("Failed")
                        .withReason("Evicted")
                        .withMessage("The node was low on resource: ephemeral-storage.")
                        .endStatus()
                        .build());
    }

    /// Lets a pod end as a container does that exceeds its memory.
    void exceedMemory(String runner) {
        vanished.add(runner);
        kill(runner);
        terminated(runner, 137, "OOMKilled");
    }

    Pod pod(String runner) {
        return node.pods().inNamespace(NAMESPACE).withName(runner).get();
    }

    String output(String runner) {
        try {
            Path file = folder.resolve(runner);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
        node.close();
        server.destroy();
    }

    private Process process(String runner) {
        Process process = processes.get(runner);
        if (process == null) {
            throw new IllegalStateException(runner + " does not run");
        }
        return process;
    }

    private void run(Pod pod) {
        String runner = pod.getMetadata().getName();
        if (!pod.getSpec().getContainers().getFirst().getImage().equals(IMAGE)) {
            waiting(runner, "ErrImagePull", "manifest of does-not-exist is unknown");
            return;
        }
        try {
            Process process = start(pod);
            processes.put(runner, process);
            running(runner);
            process.onExit().thenAccept(ended -> {
                if (!vanished.contains(runner)) {
                    terminated(runner, ended.exitValue(), ended.exitValue() == 0 ? "Completed" : "Error");
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(Pod pod) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        jar.toString(),
                        "dev.runyard.runner.Runner")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(pod.getMetadata().getName()).toFile());
        builder.environment().clear();
        for (EnvVar variable : pod.getSpec().getContainers().getFirst().getEnv()) {
            builder.environment().put(variable.getName(), variable.getValue());
        }
        return builder.start();
    }

    private void terminate(String runner) {
        Process process = processes.get(runner);
        if (process == null || !process.isAlive()) {
            return;
        }
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, GRACE_SECONDS, TimeUnit.SECONDS)
                .thenAccept(Process::destroyForcibly);
    }

    private void waiting(String runner, String reason, String message) {
        status(
                runner,
                "Pending",
                new ContainerStateBuilder()
                        .withNewWaiting()
                        .withReason(reason)
                        .withMessage(message)
                        .endWaiting());
    }

    private void running(String runner) {
        status(runner, "Running", new ContainerStateBuilder().withNewRunning().endRunning());
    }

    private void terminated(String runner, int code, String reason) {
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/" + NAMESPACE + "/pods/" + runner + "/log?pretty=false&tailLines=40")
                .andReturn(200, output(runner))
                .always();
        status(
                runner,
                code == 0 ? "Succeeded" : "Failed",
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(reason)
                        .endTerminated());
    }

    private void status(String runner, String phase, ContainerStateBuilder state) {
        try {
            node.pods()
                    .inNamespace(NAMESPACE)
                    .withName(runner)
                    .editStatus(pod -> new PodBuilder(pod)
                            .editOrNewStatus()
                            .withPhase(phase)
                            .withContainerStatuses(new ContainerStatusBuilder()
                                    .withName(PodTemplate.CONTAINER)
                                    .withState(state.build())
                                    .build())
                            .endStatus()
                            .build());
        } catch (KubernetesClientException | NullPointerException e) {
            // The pod is gone; nobody wants to know.
        }
    }

    private final class Node implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            if (seen.add(pod.getMetadata().getName())) {
                Thread.ofVirtual().start(() -> run(pod));
            }
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                terminate(pod.getMetadata().getName());
            }
        }

        @Override
        public void onDelete(Pod pod, boolean isLastStateUnknown) {
            terminate(pod.getMetadata().getName());
        }
    }
}
