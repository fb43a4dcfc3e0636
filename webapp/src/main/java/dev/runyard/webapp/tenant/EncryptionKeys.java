package dev.runyard.webapp.tenant;

import dev.runyard.webapp.config.BootstrapProperties;
import dev.runyard.webapp.config.RunyardProperties;
import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.config.WrongSettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Finds the key that seals others: the setting, else a file in the data folder that a first start makes.
/// Beside it stand the keys that only open what they sealed before.
@Configuration(proxyBeanMethods = false)
class EncryptionKeys {
    private static final String FILE = "encryption.key";
    private static final int BYTES = 32;

    @Bean
    Seal seal(RunyardProperties runyard, BootstrapProperties bootstrap) {
        List<byte[]> others = runyard.otherEncryptionKeys().stream()
                .map(key -> decode(key.value(), "A key in runyard.other-encryption-keys"))
                .toList();
        return new Seal(key(runyard, bootstrap), others);
    }

    private static byte[] key(RunyardProperties runyard, BootstrapProperties bootstrap) {
        Secret configured = runyard.encryptionKey();
        if (configured != null && !configured.value().isBlank()) {
            return decode(configured.value(), "runyard.encryption-key");
        }
        Path folder = runyard.dataDir();
        if (bootstrap.enabled() && folder != null) {
            return readOrMake(folder.resolve(FILE));
        }
        throw new WrongSettingException(
                "No encryption key is set, so the secret keys in the database cannot be sealed.",
                "Set RUNYARD_ENCRYPTION_KEY to 32 random bytes in base64, for example from: openssl rand -base64 32\n"
                        + "Keep it: the keys in the database cannot be read without it.");
    }

    private static byte[] readOrMake(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[BYTES];
                new SecureRandom().nextBytes(key);
                PrivateFile.createIfAbsent(file, Base64.getEncoder().encodeToString(key));
            }
            return decode(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("The encryption key in " + file + " could not be read or made", e);
        }
    }

    private static byte[] decode(String text, String where) {
        String action = "Put 32 random bytes in base64 there, for example from: openssl rand -base64 32";
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (key.length == BYTES) {
                return key;
            }
            throw new WrongSettingException(where + " has " + key.length + " bytes, not " + BYTES + ".", action);
        } catch (IllegalArgumentException _) {
            throw new WrongSettingException(where + " is not base64.", action);
        }
    }
}
