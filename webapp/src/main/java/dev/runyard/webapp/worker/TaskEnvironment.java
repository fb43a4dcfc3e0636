package dev.runyard.webapp.worker;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.Ids;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.auth.RunTokens;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.variable.EnvironmentVariables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// The environment variables that task code finds: the environment's own, how it reaches this server, and
/// as whom. Where telemetry goes is said by the supervisor, which knows how its workloads reach this
/// server.
@Component
class TaskEnvironment {
    private static final Map<String, String> TELEMETRY = Map.of(
            "TRIGGER_OTEL_BATCH_PROCESSING_ENABLED", "1",
            "TRIGGER_OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "1024",
            "TRIGGER_OTEL_LOG_ATTRIBUTE_COUNT_LIMIT", "1024",
            "TRIGGER_OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "131072",
            "TRIGGER_OTEL_LOG_ATTRIBUTE_VALUE_LENGTH_LIMIT", "131072");

    private final RunTokens tokens;
    private final EnvironmentVariables own;
    private final String apiUrl;

    TaskEnvironment(RunTokens tokens, EnvironmentVariables own, WorkersProperties workers, AppProperties app) {
        this.tokens = tokens;
        this.own = own;
        this.apiUrl = Objects.requireNonNullElse(workers.apiUrl(), app.url()).replaceAll("/+$", "");
    }

    Map<String, String> of(RunState state, TenantEnvironment environment) {
        Map<String, String> variables = new LinkedHashMap<>(TELEMETRY);
        variables.putAll(own.of(environment));
        variables.put("TRIGGER_JWT", tokens.mint(new RunIdentity(state.runId(), state.environmentId())));
        variables.put("TRIGGER_SECRET_KEY", environment.secretKey().value());
        variables.put("TRIGGER_API_URL", apiUrl);
        variables.put("TRIGGER_STREAM_URL", apiUrl);
        String branch = environment.place().branch();
        if (branch != null) {
            variables.put("TRIGGER_PREVIEW_BRANCH", branch);
        }
        variables.put("TRIGGER_RUN_ID", state.runId().body());
        variables.put(
                "TRIGGER_MACHINE_PRESET",
                DequeuedMessages.machineOf(state).name().toString());
        variables.put(
                "TRIGGER_ORG_ID", "org_" + Ids.encode(environment.organization().id()));
        return variables;
    }
}
