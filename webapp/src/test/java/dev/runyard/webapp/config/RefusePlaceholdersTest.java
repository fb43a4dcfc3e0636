package dev.runyard.webapp.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class RefusePlaceholdersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"changeme", "CHANGE_ME", "please-change-me", "replace this", "<secret>", "your-secret", "xxx"})
    void refusesWhatWasCopiedFromAnExample(String value) {
        assertThatThrownBy(() -> start(Map.of("runyard.auth.managed-worker-secret", value)))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageContaining("MANAGED_WORKER_SECRET")
                .hasMessageNotContaining("RUNYARD_ENCRYPTION_KEY");
    }

    @Test
    void namesAllOfThemAtOnce() {
        assertThatThrownBy(() -> start(Map.of(
                        "runyard.encryption-key", "changeme",
                        "spring.datasource.password", "changeme",
                        "runyard.oidc.client-secret", "changeme",
                        "REDIS_PASSWORD", "changeme")))
                .hasMessageContaining("RUNYARD_ENCRYPTION_KEY")
                .hasMessageContaining("DATABASE_URL")
                .hasMessageContaining("runyard.oidc.client-secret")
                .hasMessageContaining("REDIS_PASSWORD");
    }

    @Test
    void takesWhatMerelyContainsSuchAWord() {
        assertThatCode(() -> start(Map.of("spring.datasource.password", "changeme-4f9c0b2d7a")))
                .doesNotThrowAnyException();
        assertThatCode(() -> start(Map.of())).doesNotThrowAnyException();
    }

    private static void start(Map<String, Object> settings) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
            new RefusePlaceholders().initialize(context);
        }
    }
}
