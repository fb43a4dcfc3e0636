package dev.runyard.webapp.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/// Refuses to start with a secret that was copied from an example and never replaced.
final class RefusePlaceholders implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(?i)(please[-_ ]?)?(change|replace)[-_ ]?(me|this|it)[-_! ]*|placeholder|example|secret|password|todo|x{3,}"
                    + "|<.*>|your[-_ ].*(secret|password|key|token)");

    private static final Map<String, String> SECRETS = secrets();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        List<String> found = new ArrayList<>();
        SECRETS.forEach((key, name) -> {
            String value = environment.getProperty(key);
            if (value != null && PLACEHOLDER.matcher(value.strip()).matches()) {
                found.add(name);
            }
        });
        if (!found.isEmpty()) {
            throw new WrongSettingException(
                    "These secrets are still placeholders: " + String.join(", ", found) + ".",
                    "Set each to a value that nobody can guess; docker/generate-secrets.sh makes all of them.");
        }
    }

    private static Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("runyard.encryption-key", "RUNYARD_ENCRYPTION_KEY");
        secrets.put("runyard.auth.managed-worker-secret", "MANAGED_WORKER_SECRET");
        secrets.put("runyard.oidc.client-secret", "runyard.oidc.client-secret");
        secrets.put("spring.datasource.password", "the password in DATABASE_URL");
        secrets.put("REDIS_PASSWORD", "REDIS_PASSWORD");
        return secrets;
    }
}
