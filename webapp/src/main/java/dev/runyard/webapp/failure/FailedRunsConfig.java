package dev.runyard.webapp.failure;

import dev.runyard.engine.directory.RunLists;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Lets filters of runs ask for the runs that failed in one way.
@Configuration(proxyBeanMethods = false)
class FailedRunsConfig {
    @Bean
    RunLists runLists() {
        return new RunLists(Map.of(FailureId.LIST, """
                select failed.run_id from run_failure failed
                where failed.environment_id = :environment and failed.fingerprint = :listed"""));
    }
}
