package dev.runyard.webapp.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Settings of the whole installation.
///
/// @param encryptionKey 32 bytes in base64 that seal the keys in the database
/// @param dataDir folder where this server may keep files, such as a generated encryption key
@ConfigurationProperties("runyard")
public record RunyardProperties(
        @Nullable Secret encryptionKey, @Nullable Path dataDir) {}
