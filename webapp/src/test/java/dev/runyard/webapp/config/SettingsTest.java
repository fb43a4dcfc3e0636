package dev.runyard.webapp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.engine.EngineConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsTest {
    private final ApplicationContextRunner server =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({
        RunyardProperties.class,
        AppProperties.class,
        RedisProperties.class,
        BootstrapProperties.class,
        DefaultsProperties.class,
        LimitsProperties.class,
        EngineProperties.class
    })
    @Import(UnknownKeys.class)
    static class Settings {}

    @Test
    void hasTheDefaultsThatAreDocumented() {
        server.run(context -> {
            assertThat(context.getBean(RunyardProperties.class))
                    .isEqualTo(new RunyardProperties(null, List.of(), null));
            assertThat(context.getBean(AppProperties.class))
                    .isEqualTo(new AppProperties(URI.create("http://localhost:3030")));
            assertThat(context.getBean(RedisProperties.class).url().value()).isEqualTo("redis://localhost:6379");
            assertThat(context.getBean(BootstrapProperties.class))
                    .isEqualTo(new BootstrapProperties(false, null, null, null));
            assertThat(context.getBean(DefaultsProperties.class)).isEqualTo(new DefaultsProperties(100, 25));
            assertThat(context.getBean(LimitsProperties.class))
                    .isEqualTo(new LimitsProperties(
                            3_145_728, 262_144, 2_097_152, 10, 128, 256, 2_048, 100, Duration.ofDays(3_650)));
            assertThat(context.getBean(EngineProperties.class).toConfig()).isEqualTo(EngineConfig.DEFAULT);
        });
    }

    @Test
    void readsEveryKey() {
        server.withPropertyValues(
                        "runyard.encryption-key=k",
                        "runyard.other-encryption-keys=l,m",
                        "runyard.data-dir=/data",
                        "runyard.app.origin=https://jobs.example/",
                        "runyard.redis.url=redis://r:1",
                        "runyard.bootstrap.enabled=true",
                        "runyard.bootstrap.worker-token-path=/t",
                        "runyard.bootstrap.secrets-path=/s",
                        "runyard.bootstrap.login-link-path=/l",
                        "runyard.defaults.environment-concurrency=1",
                        "runyard.defaults.development-concurrency=2",
                        "runyard.limits.payload-bytes=3",
                        "runyard.limits.metadata-bytes=4",
                        "runyard.limits.metadata-change-bytes=12",
                        "runyard.limits.tags-per-run=5",
                        "runyard.limits.tag-length=6",
                        "runyard.limits.name-length=7",
                        "runyard.limits.idempotency-key-length=8",
                        "runyard.limits.page-size=9",
                        "runyard.limits.future=10d",
                        "runyard.engine.redis-key-prefix={x}:",
                        "runyard.engine.max-batch=11",
                        "runyard.engine.timers-at-once=12",
                        "runyard.engine.trigger.max-ttl=14d",
                        "runyard.engine.debounce.ceiling=1h",
                        "runyard.engine.versions.deployment-deadline=2h",
                        "runyard.engine.metadata.open-after-end=3h",
                        "runyard.engine.waits.max-tags=4")
                .run(context -> {
                    assertThat(context.getBean(RunyardProperties.class))
                            .isEqualTo(new RunyardProperties(
                                    new Secret("k"), List.of(new Secret("l"), new Secret("m")), Path.of("/data")));
                    assertThat(context.getBean(AppProperties.class).url()).isEqualTo("https://jobs.example");
                    assertThat(context.getBean(BootstrapProperties.class))
                            .isEqualTo(new BootstrapProperties(true, Path.of("/t"), Path.of("/s"), Path.of("/l")));
                    assertThat(context.getBean(DefaultsProperties.class)).isEqualTo(new DefaultsProperties(1, 2));
                    assertThat(context.getBean(LimitsProperties.class))
                            .isEqualTo(new LimitsProperties(3, 4, 12, 5, 6, 7, 8, 9, Duration.ofDays(10)));
                    assertThat(context.getBean(EngineProperties.class).redisKeyPrefix())
                            .isEqualTo("{x}:");
                    assertThat(context.getBean(EngineProperties.class).maxBatch())
                            .isEqualTo(11);
                    EngineConfig engine =
                            context.getBean(EngineProperties.class).toConfig();
                    assertThat(engine.timersAtOnce()).isEqualTo(12);
                    assertThat(engine.trigger().defaultMaxTtl()).isEqualTo(Duration.ofDays(14));
                    assertThat(engine.debounce().ceiling()).isEqualTo(Duration.ofHours(1));
                    assertThat(engine.version().deploymentDeadline()).isEqualTo(Duration.ofHours(2));
                    assertThat(engine.metadata().openAfterEnd()).isEqualTo(Duration.ofHours(3));
                    assertThat(engine.waits().maxTags()).isEqualTo(4);
                });
    }

    @Test
    void printsNoSecret() {
        assertThat(new RunyardProperties(new Secret("hush"), List.of(new Secret("hush")), null).toString())
                .doesNotContain("hush");
        assertThat(new RedisProperties(new Secret("redis://:hush@r")).toString())
                .doesNotContain("hush");
    }

    @Test
    void refusesAKeyThatNothingReads() {
        server.withPropertyValues("runyard.limits.payload-byte=1", "runyard.limitz=2")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageContaining("runyard.limits.payload-byte")
                        .hasMessageContaining("runyard.limitz"));
    }

    @Test
    void refusesAVariableThatNothingReads() {
        withVariables(Map.of("RUNYARD_LIMITS_PAYLOAD_BYTE", "1"))
                .run(context -> assertThat(context.getStartupFailure()).hasMessageContaining("Unknown settings"));
    }

    @Test
    void takesVariablesInEitherSpelling() {
        withVariables(Map.of(
                        "RUNYARD_LIMITS_PAYLOADBYTES", "7",
                        "RUNYARD_LIMITS_METADATA_BYTES", "8",
                        "RUNYARD_ENCRYPTION_KEY", "k",
                        "RUNYARD_OTHER_ENCRYPTION_KEYS", "l, m",
                        "RUNYARD_DATA_DIR", "/d",
                        "RUNYARD_SUPERVISOR_WORKLOAD", "process"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(LimitsProperties.class).payloadBytes())
                            .isEqualTo(7);
                    assertThat(context.getBean(LimitsProperties.class).metadataBytes())
                            .isEqualTo(8);
                    assertThat(context.getBean(RunyardProperties.class).encryptionKey())
                            .isEqualTo(new Secret("k"));
                    assertThat(context.getBean(RunyardProperties.class).otherEncryptionKeys())
                            .containsExactly(new Secret("l"), new Secret("m"));
                    assertThat(context.getBean(RunyardProperties.class).dataDir())
                            .isEqualTo(Path.of("/d"));
                });
    }

    @Test
    void takesAnEmptyVariableForNoOtherKeys() {
        withVariables(Map.of("RUNYARD_OTHER_ENCRYPTION_KEYS", ""))
                .run(context -> assertThat(
                                context.getBean(RunyardProperties.class).otherEncryptionKeys())
                        .isEmpty());
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new AppProperties(URI.create("jobs.example")))
                .hasMessageContaining("runyard.app.origin");
        assertThatThrownBy(() -> new DefaultsProperties(-1, 1)).hasMessageContaining("0 or more");
        server.withPropertyValues("runyard.limits.payload-bytes=0")
                .run(context -> assertThat(context).hasFailed());
    }

    private ApplicationContextRunner withVariables(Map<String, Object> variables) {
        return server.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
    }
}
