package dev.runyard.webapp.tenant;

import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.config.WrongSettingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Seals texts with AES-256-GCM. What a text belongs to is authenticated with it, so that a sealed key
/// copied to another row does not open.
///
/// One key seals. Others may be known beside it, so that what they sealed still opens while the key is
/// being changed.
public final class Seal {
    private final SealingKey key;
    private final Map<String, SealingKey> known = new LinkedHashMap<>();

    Seal(byte[] key) {
        this(key, List.of());
    }

    /// @param key seals and opens
    /// @param others only open
    Seal(byte[] key, List<byte[]> others) {
        this.key = new SealingKey(key);
        known.put(this.key.id(), this.key);
        others.stream().map(SealingKey::new).forEach(other -> known.putIfAbsent(other.id(), other));
    }

    /// Returns the id of the key that seals.
    public String keyId() {
        return key.id();
    }

    /// Returns the ids of the keys that only open.
    public List<String> otherKeyIds() {
        return known.keySet().stream().skip(1).toList();
    }

    /// Tells whether texts under this id of a key can be opened.
    boolean knows(String keyId) {
        return known.containsKey(keyId);
    }

    /// Seals a text that belongs to an owner.
    public SealedText seal(Secret text, String owner) {
        return key.seal(text.value().getBytes(StandardCharsets.UTF_8), owner);
    }

    /// Opens a text that was sealed for an owner.
    public Secret open(SealedText text, String owner) {
        @Nullable SealingKey with = known.get(text.sealedWith());
        if (with == null) {
            throw new WrongSettingException(
                    "The database holds a value that was sealed with the encryption key " + text.sealedWith()
                            + ", but this server has " + String.join(", ", known.keySet()) + ".",
                    RequireKnownKeys.ACTION);
        }
        return new Secret(new String(with.open(text.bytes(), owner), StandardCharsets.UTF_8));
    }

    /// Returns 32 bytes of each key, which only a holder of it can compute; those of the key that seals
    /// come first.
    List<byte[]> derive(String purpose) {
        return known.values().stream().map(one -> one.derive(purpose)).toList();
    }
}
