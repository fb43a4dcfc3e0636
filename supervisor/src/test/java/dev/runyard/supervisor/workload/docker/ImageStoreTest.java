package dev.runyard.supervisor.workload.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.runyard.supervisor.config.DockerProperties;
import dev.runyard.supervisor.config.DockerProperties.RegistryLogin;
import dev.runyard.supervisor.config.PullPolicy;
import dev.runyard.supervisor.config.Secret;
import dev.runyard.supervisor.testing.DockerEngine;
import dev.runyard.supervisor.testing.TestImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// Fetches from a registry that lets nobody in without a password.
final class ImageStoreTest {
    private static final ExposedPort PORT = ExposedPort.tcp(5000);
    private static final String REGISTRY_IMAGE = "runyard-test-registry:latest";
    private static final String DOCKERFILE = """
            FROM registry:2
            COPY htpasswd /htpasswd
            ENV REGISTRY_AUTH=htpasswd REGISTRY_AUTH_HTPASSWD_REALM=test REGISTRY_AUTH_HTPASSWD_PATH=/htpasswd
            """;

    /// `ann` with the password `s3cret`.
    private static final String LOGINS = "ann:$2y$05$abcdefghijklmnopqrstuuLK7U1u6pVRmL7L1BBM2aS35PSZnDXlK\n";

    private static DockerConnection docker;
    private static String registry;
    private static String host;
    private static String image;

    @BeforeAll
    static void fillRegistry(@TempDir Path folder) throws Exception {
        docker = DockerEngine.require();
        Files.writeString(folder.resolve("htpasswd"), LOGINS);
        Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE);
        docker.streams()
                .buildImageCmd(folder.toFile())
                .withTags(Set.of(REGISTRY_IMAGE))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        registry = docker.commands()
                .createContainerCmd(REGISTRY_IMAGE)
                .withExposedPorts(PORT)
                .withHostConfig(
                        new HostConfig().withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), PORT)))
                .exec()
                .getId();
        docker.commands().startContainerCmd(registry).exec();
        var ports = docker.commands()
                .inspectContainerCmd(registry)
                .exec()
                .getNetworkSettings()
                .getPorts();
        host = "127.0.0.1:" + Objects.requireNonNull(ports.getBindings().get(PORT))[0].getHostPortSpec();
        image = host + "/tasks:1";
        push(TestImage.buildEmpty(docker, Files.createDirectory(folder.resolve("image")), "CMD [\"/x\"]"));
    }

    @AfterAll
    static void removeRegistry() throws Exception {
        if (docker != null) {
            docker.commands()
                    .removeContainerCmd(registry)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            docker.close();
        }
    }

    @Test
    void showsItsLoginToTheRegistryThatAsksForIt() throws Exception {
        RegistryLogin login = new RegistryLogin(host, "ann", Secret.of("s3cret"));

        assertThat(store(login).provide(image)).isEmpty();

        docker.commands().inspectImageCmd(image).exec();
        docker.commands().removeImageCmd(image).withForce(true).exec();
    }

    @Test
    void saysThatItWasNotLetIn() throws Exception {
        RegistryLogin wrong = new RegistryLogin(host, "ann", Secret.of("wr0ng"));

        assertThat(store().provide(image)).get().asString().contains(image, "could not be fetched");
        assertThat(store(wrong).provide(image))
                .get()
                .asString()
                .contains(image, "could not be fetched")
                .doesNotContain("wr0ng");
    }

    private static ImageStore store(RegistryLogin... logins) {
        return new ImageStore(
                docker,
                new DockerProperties(
                        null,
                        "unused",
                        true,
                        64,
                        DataSize.ofMegabytes(1),
                        "65532:65532",
                        false,
                        PullPolicy.ALWAYS,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        "host.docker.internal",
                        null,
                        Duration.ofSeconds(10),
                        2,
                        1,
                        0.9,
                        List.of(logins)));
    }

    /// The registry may need a moment until it listens.
    private static void push(String source) {
        docker.commands().tagImageCmd(source, host + "/tasks", "1").exec();
        AuthConfig login =
                new AuthConfig().withRegistryAddress(host).withUsername("ann").withPassword("s3cret");
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(DockerException.class)
                .until(() -> {
                    docker.streams()
                            .pushImageCmd(image)
                            .withAuthConfig(login)
                            .start()
                            .awaitCompletion();
                    return true;
                });
        docker.commands().removeImageCmd(image).withForce(true).exec();
    }
}
