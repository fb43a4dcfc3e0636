package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.JsonText;
import dev.runyard.webapp.api.shared.JsonText.Member;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.config.LimitsProperties;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Reads what a run is like: queue, size, limits, tags, metadata.
@Component
class ReadDescription {
    private static final int MIN_DURATION_SECONDS = 5;
    private static final String MACHINES =
            Arrays.stream(MachinePreset.values()).map(MachinePreset::toString).collect(Collectors.joining(", "));

    private final LimitsProperties limits;
    private final JsonText text;

    ReadDescription(LimitsProperties limits, JsonText text) {
        this.limits = limits;
        this.text = text;
    }

    void into(TriggerCommandBuilder command, JsonMembers options) {
        if (options.get("queue").isPresent()) {
            command.queue(queue(options));
        }
        options.text("lockToVersion")
                .ifPresent(version -> command.lockToVersion(name(options, "lockToVersion", version)));
        options.flag("test").ifPresent(command::isTest);
        command.tags(tags(options));
        options.text("externalDeploymentId").map(String::strip).ifPresent(command::externalDeploymentId);
        bounds(command, options);
    }

    /// Reads what is different when a run is repeated; what is absent stays as it was.
    void changes(TriggerCommandBuilder command, JsonMembers body) {
        body.text("queue").ifPresent(queue -> command.queue(name(body, "queue", queue)));
        body.text("version").ifPresent(version -> command.lockToVersion(name(body, "version", version)));
        if (body.get("tags").isPresent()) {
            command.tags(tags(body));
        }
        bounds(command, body);
    }

    private void bounds(TriggerCommandBuilder command, JsonMembers options) {
        options.get("concurrencyKey").ifPresent(member -> command.concurrencyKey(concurrencyKey(options, member)));
        options.integer("maxAttempts", 1).ifPresent(command::maxAttempts);
        options.number("maxDuration").ifPresent(seconds -> command.maxDurationSeconds(maxDuration(seconds)));
        options.text("machine").ifPresent(name -> command.machine(machine(options, name)));
        options.get("metadata").ifPresent(member -> command.metadata(metadata(options, member)));
    }

    private String queue(JsonMembers options) {
        JsonMembers queue = options.object("queue");
        return queue.text("name")
                .filter(name -> !name.isBlank())
                .map(name -> name(queue, "name", name))
                .orElseThrow(
                        () -> options.invalid("queue", "must be an object with the queue's name: {\"name\": \"…\"}"));
    }

    /// Callers also use numbers as keys.
    private String concurrencyKey(JsonMembers options, Member member) {
        if (!member.isString()) {
            return options.number("concurrencyKey").orElseThrow().toPlainString();
        }
        return name(options, "concurrencyKey", options.text("concurrencyKey").orElse(""));
    }

    private String name(JsonMembers options, String option, String value) {
        if (value.length() > limits.nameLength()) {
            throw options.invalid(option, "must have at most " + limits.nameLength() + " characters");
        }
        return value;
    }

    /// The largest number is the client's way to say that there is no limit.
    private static int maxDuration(BigDecimal seconds) {
        return seconds.max(BigDecimal.valueOf(MIN_DURATION_SECONDS))
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .intValue();
    }

    private static MachinePreset machine(JsonMembers options, String name) {
        return MachinePreset.find(name)
                .orElseThrow(() -> options.invalid("machine", "must be one of " + MACHINES + ", not '" + name + "'"));
    }

    private List<String> tags(JsonMembers options) {
        List<String> tags = options.texts("tags").stream()
                .filter(tag -> !tag.isBlank())
                .distinct()
                .toList();
        if (tags.stream().anyMatch(tag -> tag.length() > limits.tagLength())) {
            throw options.invalid("tags", "must have at most " + limits.tagLength() + " characters each");
        }
        if (tags.size() > limits.tagsPerRun()) {
            throw ApiException.unprocessable(
                    "Runs can only have " + limits.tagsPerRun() + " tags, you're trying to set " + tags.size() + ".");
        }
        return tags;
    }

    /// Metadata is an object, or the JSON text of one.
    private String metadata(JsonMembers options, Member member) {
        if (member.text().getBytes(StandardCharsets.UTF_8).length > limits.metadataBytes()) {
            throw ApiException.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "Metadata exceeds maximum size of " + limits.metadataBytes() + " bytes");
        }
        if (text.members(member.text()).isEmpty()) {
            throw options.invalid("metadata", "must be an object");
        }
        return StorableText.check(options.at("metadata"), member.text());
    }
}
