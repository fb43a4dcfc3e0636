package dev.runyard.supervisor.workload.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.supervisor.config.DockerProperties.RegistryLogin;
import dev.runyard.supervisor.config.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistryLoginsTest {
    @ParameterizedTest
    @CsvSource({
        "tasks, docker.io",
        "tasks:1, docker.io",
        "acme/tasks:1, docker.io",
        "localhost/tasks, localhost",
        "localhost:5000/acme/tasks:1, localhost:5000",
        "registry.example.com/tasks@sha256:0123, registry.example.com"
    })
    void tellsTheRegistryOfAnImage(String image, String host) {
        assertThat(RegistryLogins.host(image)).isEqualTo(host);
    }

    @Test
    void givesNoPasswordToAnotherRegistry() {
        List<RegistryLogin> logins = List.of(new RegistryLogin("registry.example.com", "ann", Secret.of("s3cret")));

        assertThat(RegistryLogins.find(logins, "registry.example.com/tasks:1")).isPresent();
        assertThat(RegistryLogins.find(logins, "registry.example.com.evil.example/tasks:1"))
                .isEmpty();
        assertThat(logins.toString()).doesNotContain("s3cret");
    }
}
