package dev.runyard.webapp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ConfigAliasesTest {
    @ParameterizedTest
    @CsvSource({
        "postgres://ann:s3cret@db:5433/jobs, jdbc:postgresql://db:5433/jobs, ann, s3cret",
        "postgresql://ann@db/jobs?sslmode=require, jdbc:postgresql://db/jobs?sslmode=require, ann,",
        "postgres://a%40b:p%2Bq+r@db/jobs, jdbc:postgresql://db/jobs, a@b, p+q+r",
        "postgres://db/jobs, jdbc:postgresql://db/jobs, ,",
        "jdbc:postgresql://db/jobs?user=x, jdbc:postgresql://db/jobs?user=x, ,",
    })
    void readsDatabaseUrls(String url, String jdbc, @Nullable String user, @Nullable String password) {
        StandardEnvironment environment = environment(Map.of("DATABASE_URL", url));

        assertThat(environment.getProperty("spring.datasource.url")).isEqualTo(jdbc);
        assertThat(environment.getProperty("spring.datasource.username")).isEqualTo(user);
        assertThat(environment.getProperty("spring.datasource.password")).isEqualTo(password);
    }

    @Test
    void refusesOtherDatabasesWithoutPrintingTheirPassword() {
        assertThatThrownBy(() -> environment(Map.of("DATABASE_URL", "mysql://ann:s3cret@db/jobs")))
                .hasMessageContaining("postgres://")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void readsWhereRedisIs() {
        assertThat(environment(Map.of("REDIS_HOST", "cache")).getProperty("runyard.redis.url"))
                .isEqualTo("redis://cache:6379");
        assertThat(environment(Map.of("REDIS_HOST", "cache", "REDIS_PORT", "6380", "REDIS_PASSWORD", "a b@c"))
                        .getProperty("runyard.redis.url"))
                .isEqualTo("redis://:a%20b%40c@cache:6380");
        assertThat(environment(Map.of("REDIS_HOST", "cache", "REDIS_TLS_DISABLED", "false"))
                        .getProperty("runyard.redis.url"))
                .isEqualTo("rediss://cache:6379");
        assertThat(environment(Map.of("REDIS_URL", "redis://one:1", "REDIS_HOST", "two"))
                        .getProperty("runyard.redis.url"))
                .isEqualTo("redis://one:1");
    }

    @Test
    void prefersItsOwnKeys() {
        StandardEnvironment environment = environment(Map.of(
                "APP_ORIGIN", "https://old.example",
                "RUNYARD_APP_ORIGIN", "https://new.example",
                "REDIS_URL", "redis://old",
                "RUNYARD_REDIS_URL", "redis://new"));

        assertThat(environment.getProperty("RUNYARD_APP_ORIGIN")).isEqualTo("https://new.example");
        assertThat(environment.getPropertySources().contains("runyardAliases")).isFalse();
    }

    @Test
    void translatesTheOtherNames() {
        StandardEnvironment environment = environment(Map.of(
                "APP_ORIGIN",
                "https://jobs.example",
                "ENCRYPTION_KEY",
                "k",
                "OTHER_ENCRYPTION_KEYS",
                "l",
                "MANAGED_WORKER_SECRET",
                "m",
                "PORT",
                "4000"));

        assertThat(environment.getProperty("runyard.app.origin")).isEqualTo("https://jobs.example");
        assertThat(environment.getProperty("runyard.encryption-key")).isEqualTo("k");
        assertThat(environment.getProperty("runyard.other-encryption-keys")).isEqualTo("l");
        assertThat(environment.getProperty("runyard.auth.managed-worker-secret"))
                .isEqualTo("m");
        assertThat(environment.getProperty("server.port")).isEqualTo("4000");
    }

    private static StandardEnvironment environment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "Config resource 'class path resource [application.yml]'", Map.of("server.port", "3030")));
        new ConfigAliases().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
