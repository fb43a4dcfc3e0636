package dev.runyard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.junit.EmbeddedRunyard;
import dev.runyard.junit.RunyardTest;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.spring.app.ShopApplication;
import dev.runyard.worker.WorkerStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/// An application with tasks as beans against a live server.
@RunyardTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarterIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EmbeddedRunyard server;
    private ConfigurableApplicationContext application;
    private Runyard client;

    StarterIT(EmbeddedRunyard server) {
        this.server = server;
    }

    @BeforeAll
    void start() {
        application = application(Map.of());
        client = application.getBean(Runyard.class);
        awaitState(application, WorkerStatus.State.TAKING);
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void executesTheRunsOfBeans() {
        RunHandle<String> run = client.trigger(task("pick"), "lamp");

        assertThat(run.await(PATIENCE).outputOrThrow()).isEqualTo("picked lamp");
    }

    @Test
    void letsATaskWaitForOthers() {
        RunHandle<List<String>> run = client.trigger(task("ship"), List.of("lamp", "lamp"));

        assertThat(run.await(PATIENCE).outputOrThrow()).containsExactly("picked lamp", "picked lamp");
    }

    @Test
    void showsThatItIsWell() {
        Health health = application.getBean(RunyardHealthIndicator.class).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsKeys("version", "running", "waiting")
                .containsEntry("concurrency", 10);
    }

    @Test
    void measuresAttempts() {
        RunHandle<String> run = client.trigger(task("hold"), 1L);
        assertThat(run.await(PATIENCE)).isInstanceOf(RunResult.Completed.class);

        MeterRegistry registry = application.getBean(MeterRegistry.class);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                registry.timer("runyard.worker.attempt", "task", "hold", "outcome", "succeeded")
                                        .count())
                        .isPositive());
        assertThat(registry.get("runyard.worker.concurrency").gauge().value()).isEqualTo(10);
    }

    /// A stop lets a run end that has begun.
    @Test
    void letsRunsEndWhenItStops() {
        RunHandle<String> run;
        try (ConfigurableApplicationContext other =
                application(Map.of("runyard.secret-key", server.secretKey("prod")))) {
            awaitState(other, WorkerStatus.State.TAKING);
            run = other.getBean(Runyard.class).trigger(task("hold"), 3_000L);
            RunyardWorker worker = other.getBean(RunyardWorker.class);
            Awaitility.await().atMost(PATIENCE).until(() -> worker.status().running() == 1);
        }

        try (Runyard observer = Runyard.connect(ClientConfig.of(server.url(), server.secretKey("prod")))) {
            assertThat(observer.runs().retrieve(run.id()).outputJson()).contains("held");
        }
    }

    @Test
    void isDownWhereTheServerRefusesItsKey() {
        try (ConfigurableApplicationContext stranger = application(Map.of("runyard.secret-key", "tr_dev_wrong"))) {
            RunyardHealthIndicator health = stranger.getBean(RunyardHealthIndicator.class);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(health.health().getDetails().get("problem"))
                            .asString()
                            .contains("401"));
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void hasNoWorkerWhereItIsSwitchedOff() {
        try (ConfigurableApplicationContext idle = application(Map.of("runyard.worker.enabled", "false"))) {
            assertThat(idle.getBeansOfType(RunyardWorker.class)).isEmpty();
            assertThat(idle.getBeansOfType(Runyard.class)).hasSize(1);
        }
    }

    private ConfigurableApplicationContext application(Map<String, String> settings) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(ShopApplication.class);
        Map<String, Object> all = new HashMap<>(Map.of(
                "server.port",
                "0",
                "runyard.url",
                server.url(),
                "runyard.secret-key",
                server.secretKey("stg"),
                "runyard.worker.poll-timeout",
                "1s"));
        all.putAll(settings);
        return builder.properties(all).run();
    }

    private static void awaitState(ConfigurableApplicationContext application, WorkerStatus.State state) {
        RunyardWorker worker = application.getBean(RunyardWorker.class);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> worker.status().state() == state && worker.status().isWell());
    }

    @SuppressWarnings("unchecked") // the bean's name says its type
    private <I, O> Task<I, O> task(String name) {
        return (Task<I, O>) application.getBean(name, Task.class);
    }
}
