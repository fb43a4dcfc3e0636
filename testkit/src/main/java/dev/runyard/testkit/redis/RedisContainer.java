package dev.runyard.testkit.redis;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/// A server as operators run it, at a port of this machine that it keeps when it is started again.
final class RedisContainer implements RedisServer {
    private static final int PORT = 6379;

    private final GenericContainer<?> container;
    private @Nullable String id;
    private boolean alive;

    RedisContainer(int port, boolean keepsLog) {
        container = new GenericContainer<>("redis:8")
                .withCommand(
                        "redis-server",
                        "--save",
                        "",
                        "--appendonly",
                        keepsLog ? "yes" : "no",
                        "--appendfsync",
                        "always",
                        "--protected-mode",
                        "no")
                .withCreateContainerCmdModifier(
                        command -> Objects.requireNonNullElseGet(command.getHostConfig(), HostConfig::newHostConfig)
                                .withPortBindings(new PortBinding(Ports.Binding.bindPort(port), new ExposedPort(PORT))))
                .withExposedPorts(PORT);
    }

    @Override
    public void start() {
        String known = id;
        if (known == null) {
            container.start();
            id = container.getContainerId();
        } else {
            docker().startContainerCmd(known).exec();
        }
        alive = true;
    }

    @Override
    public void kill() {
        if (id != null && alive) {
            docker().killContainerCmd(id).exec();
            docker().waitContainerCmd(id).start().awaitStatusCode();
        }
        alive = false;
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    @Override
    public boolean isAlive() {
        return alive;
    }
}
