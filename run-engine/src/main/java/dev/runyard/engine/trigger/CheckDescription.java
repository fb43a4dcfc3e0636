package dev.runyard.engine.trigger;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Checks what a caller says about a run: tags, metadata, ids. What is wrong is said in a sentence that names the
/// option.
final class CheckDescription {
    private final TriggerConfig config;

    CheckDescription(TriggerConfig config) {
        this.config = config;
    }

    /// Returns what is wrong, if anything.
    Optional<String> check(TriggerCommand command) {
        List<String> tags = tags(command.tags());
        if (tags.size() > config.maxTags()) {
            return Optional.of(
                    "Runs can only have " + config.maxTags() + " tags, you're trying to set " + tags.size() + ".");
        }
        if (tags.stream().anyMatch(tag -> tag.length() > config.maxTagLength())) {
            return Optional.of("options.tags must have at most " + config.maxTagLength() + " characters each.");
        }
        String metadata = command.metadata();
        if (metadata != null && metadata.getBytes(StandardCharsets.UTF_8).length > config.maxMetadataBytes()) {
            return Optional.of("Metadata exceeds maximum size of " + config.maxMetadataBytes() + " bytes");
        }
        String externalId = command.externalDeploymentId();
        if (externalId != null && (externalId.isBlank() || externalId.length() > config.maxExternalIdLength())) {
            return Optional.of("options.externalDeploymentId must have 1 to " + config.maxExternalIdLength()
                    + " characters, not all of them blank.");
        }
        return Optional.empty();
    }

    /// Returns the tags that count: blank ones and repetitions are dropped.
    static List<String> tags(List<String> given) {
        return given.stream().filter(tag -> !tag.isBlank()).distinct().toList();
    }
}
