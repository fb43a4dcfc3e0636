package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bridge network of task containers. Its members reach the world but not each other.
final class TaskNetwork {
    private static final Logger log = LoggerFactory.getLogger(TaskNetwork.class);
    private static final String ICC = "com.docker.network.bridge.enable_icc";

    private TaskNetwork() {}

    /// Creates the network where it does not exist.
    static void ensure(DockerConnection docker, String name) {
        if (exists(docker, name)) {
            return;
        }
        try {
            docker.commands()
                    .createNetworkCmd()
                    .withName(name)
                    .withDriver("bridge")
                    .withCheckDuplicate(true)
                    .withOptions(Map.of(ICC, "false"))
                    .withLabels(Map.of("dev.runyard.network", "tasks"))
                    .exec();
            log.info("created the network {} for task containers", name);
        } catch (DockerException e) {
            // Another supervisor of this engine may have been faster.
            if (!exists(docker, name)) {
                throw e;
            }
        }
    }

    private static boolean exists(DockerConnection docker, String name) {
        return docker.commands().listNetworksCmd().withNameFilter(name).exec().stream()
                .map(network -> network.getName())
                .toList()
                .containsAll(List.of(name));
    }
}
