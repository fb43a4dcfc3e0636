package dev.runyard.webapp.dashboard;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.trigger.ReplayCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.webapp.config.LimitsProperties;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Triggers a run again, perhaps with another payload.
@Component
class ReplayFromPage {
    private static final String SOURCE = "dashboard";
    private static final String JSON = "application/json";

    private final RunEngine engine;
    private final JsonMapper json;
    private final int maxBytes;

    ReplayFromPage(RunEngine engine, JsonMapper json, LimitsProperties limits) {
        this.engine = engine;
        this.json = json;
        this.maxBytes = limits.payloadBytes();
    }

    /// Replays; empty where the run is unknown.
    ///
    /// @param payload JSON as text, instead of the run's payload; absent keeps that
    /// @throws IllegalArgumentException where the payload cannot be one
    Optional<TriggerOutcome> replay(RunView run, @Nullable String payload) {
        ReplayCommand command = ReplayCommand.of(run.environmentId(), run.id(), SOURCE);
        if (payload == null) {
            return engine.replay(command);
        }
        check(payload);
        return engine.replay(
                command.changing(changed -> changed.payload(payload).payloadType(JSON)));
    }

    private void check(String payload) {
        if (payload.isBlank()) {
            throw new IllegalArgumentException("payload is empty; write null, or leave it out to keep the run's.");
        }
        if (payload.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new IllegalArgumentException("payload is larger than " + maxBytes + " bytes.");
        }
        if (payload.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("payload must not contain the character U+0000.");
        }
        try {
            json.readTree(payload);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("payload is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
