package dev.runyard.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

final class SupervisorPropertiesTest {

    @Test
    void hasSafeDefaults() {
        SupervisorProperties properties = bind(Map.of("runyard.supervisor.port", "8020"));

        assertThat(properties.webappUrl()).isEqualTo(URI.create("http://localhost:3030"));
        assertThat(properties.workloadManager()).isEqualTo(WorkloadChoice.AUTO);
        assertThat(properties.maxConcurrentRuns()).isZero();
        assertThat(properties.onShutdown()).isEqualTo(ShutdownPolicy.LEAVE);
        assertThat(properties.stateFolderOrDefault()).endsWithRaw(Path.of(".runyard", "supervisor"));
        assertThat(properties.timing())
                .isEqualTo(new TimingProperties(
                        Duration.ofSeconds(3),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(60)));
        assertThat(properties.docker())
                .isEqualTo(new DockerProperties(
                        null,
                        "runyard-tasks",
                        true,
                        512,
                        DataSize.ofMegabytes(128),
                        "65532:65532",
                        false,
                        PullPolicy.MISSING,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        "host.docker.internal",
                        null,
                        Duration.ofSeconds(10),
                        2,
                        1,
                        0.9,
                        List.of()));
        assertThat(properties.process())
                .isEqualTo(
                        new ProcessProperties(null, 2, "127.0.0.1", DataSize.ofMegabytes(10), Duration.ofSeconds(5)));
    }

    @Test
    void readsWhatAnOperatorSets() {
        SupervisorProperties properties = bind(Map.of(
                "runyard.supervisor.worker-token", "tr_wgt_secret",
                "runyard.supervisor.workload-manager", "docker",
                "runyard.supervisor.docker.pull-policy", "never",
                "runyard.supervisor.docker.tmp-size", "1GB",
                "runyard.supervisor.timing.stop-grace", "30s",
                "runyard.supervisor.on-shutdown", "stop",
                "runyard.supervisor.process.java", "/opt/java"));

        assertThat(properties.workerToken()).isEqualTo(new Secret("tr_wgt_secret"));
        assertThat(properties.workloadManager()).isEqualTo(WorkloadChoice.DOCKER);
        assertThat(properties.docker().pullPolicy()).isEqualTo(PullPolicy.NEVER);
        assertThat(properties.docker().tmpSize()).isEqualTo(DataSize.ofGigabytes(1));
        assertThat(properties.timing().stopGrace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(properties.onShutdown()).isEqualTo(ShutdownPolicy.STOP);
        assertThat(properties.process().java()).isEqualTo(Path.of("/opt/java"));
    }

    @Test
    void refusesAnUnknownKey() {
        assertThatThrownBy(() -> bind(Map.of("runyard.supervisor.docker.privileged", "true")))
                .isInstanceOf(BindException.class);
    }

    @Test
    void sharesWhatIsStoredOnlyWhereOthersCanRestoreIt() {
        Map<String, String> complete = Map.of(
                "runyard.supervisor.waiting.tier", "checkpoint",
                "runyard.supervisor.waiting.shared.folder", "/mnt/runyard",
                "runyard.supervisor.waiting.shared.image", "runyard-supervisor",
                "runyard.supervisor.workload-token-key", "a2V5");

        assertThat(bind(complete).waiting().shared())
                .isEqualTo(new WaitingProperties.Shared("/mnt/runyard", "runyard-supervisor"));
        assertRefused(
                with(complete, "runyard.supervisor.workload-token-key", null),
                "runyard.supervisor.workload-token-key, the same for all");
        assertRefused(
                with(complete, "runyard.supervisor.waiting.tier", "freeze"),
                "say runyard.supervisor.waiting.tier=checkpoint");
        assertRefused(
                with(complete, "runyard.supervisor.waiting.shared.image", null),
                "runyard.supervisor.waiting.shared.image must name an image");
        assertRefused(with(complete, "runyard.supervisor.waiting.shared.folder", "mnt"), "must be an absolute path");
        assertRefused(with(complete, "runyard.supervisor.waiting.shared.folder", "/mnt:ro"), "without a colon");
    }

    @Test
    void refusesToStoreNothingAtATimeOrAgainAtOnce() {
        assertThat(bind(Map.of("runyard.supervisor.waiting.parallel", "1"))
                        .waiting()
                        .parallel())
                .isOne();
        assertRefused(Map.of("runyard.supervisor.waiting.parallel", "0"), "must be 1 or more");
        assertRefused(Map.of("runyard.supervisor.waiting.retry", "0s"), "must be longer than 0");
    }

    private static Map<String, String> with(Map<String, String> settings, String key, @Nullable String value) {
        Map<String, String> changed = new HashMap<>(settings);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return changed;
    }

    private static void assertRefused(Map<String, String> settings, String reason) {
        assertThatThrownBy(() -> bind(settings))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining(reason);
    }

    @Test
    void printsNoSecret() {
        assertThat(bind(Map.of("runyard.supervisor.worker-token", "tr_wgt_secret"))
                        .toString())
                .doesNotContain("tr_wgt_secret");
    }

    @Test
    void readsTheVariablesOfOthersBelowItsOwn() {
        MockEnvironment environment = new MockEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return Map.of(
                        "TRIGGER_API_URL", "http://webapp:3030",
                        "TRIGGER_WORKER_TOKEN", "file:///token",
                        "DOCKER_HOST", "tcp://proxy:2375");
            }
        };
        environment.setProperty("runyard.supervisor.worker-token", "tr_wgt_mine");

        new EnvironmentAliases().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("runyard.supervisor.webapp-url")).isEqualTo("http://webapp:3030");
        assertThat(environment.getProperty("runyard.supervisor.docker.host")).isEqualTo("tcp://proxy:2375");
        assertThat(environment.getProperty("runyard.supervisor.worker-token")).isEqualTo("tr_wgt_mine");
    }

    private static SupervisorProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind(
                        "runyard.supervisor",
                        Bindable.of(SupervisorProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .get();
    }
}
