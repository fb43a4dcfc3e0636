package dev.runyard.webapp.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the whole installation.
///
/// @param encryptionKey 32 bytes in base64 that seal the keys in the database
/// @param otherEncryptionKeys keys of the same form that open what they sealed, and seal nothing
/// @param dataDir folder where this server may keep files, such as a generated encryption key
@ConfigurationProperties("runyard")
public record RunyardProperties(
        @Nullable Secret encryptionKey,
        @DefaultValue List<Secret> otherEncryptionKeys,
        @Nullable Path dataDir) {}
