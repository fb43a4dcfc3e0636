package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.auth.ApiCaller;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/// Reads what shall be different when a run is repeated. The names are those of a trigger's options, but the queue is
/// a name and the version is called so. An unknown one is refused: it would be a change that does not happen.
@Component
public class ReadReplay {
    private static final Set<String> NAMES = Set.of(
            "payload",
            "payloadType",
            "metadata",
            "tags",
            "queue",
            "concurrencyKey",
            "machine",
            "version",
            "region",
            "delay",
            "ttl",
            "idempotencyKey",
            "idempotencyKeyTTL",
            "maxAttempts",
            "maxDuration",
            "priority");

    private final ReadPayload readPayload;
    private final ReadScheduling readScheduling;
    private final ReadDescription readDescription;

    ReadReplay(ReadPayload readPayload, ReadScheduling readScheduling, ReadDescription readDescription) {
        this.readPayload = readPayload;
        this.readScheduling = readScheduling;
        this.readDescription = readDescription;
    }

    /// Reads the changes, and applies them to the command that repeats the run.
    public UnaryOperator<TriggerCommandBuilder> read(ApiCaller caller, JsonMembers body) {
        body.members().keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw body.invalid(name, "cannot be changed; it must be one of " + String.join(", ", sorted()));
                });
        UnsupportedOptions.refuse(body, caller);
        return command -> {
            body.get("payload").ifPresent(payload -> readPayload.into(command, payload, body, caller.environmentId()));
            readScheduling.into(command, body, KeyHeaders.NONE);
            readDescription.changes(command, body);
            return command;
        };
    }

    private static Iterable<String> sorted() {
        return NAMES.stream().sorted().toList();
    }
}
