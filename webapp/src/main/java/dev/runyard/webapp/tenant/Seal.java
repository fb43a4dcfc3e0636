package dev.runyard.webapp.tenant;

import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.config.WrongSettingException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals texts with AES-256-GCM. What a text belongs to is authenticated with it, so that a sealed key
/// copied to another row does not open.
public final class Seal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int ID_CHARACTERS = 8;

    private final SecretKey key;
    private final String keyId;
    private final SecureRandom random = new SecureRandom();

    Seal(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the encryption key must be 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.keyId = HexFormat.of().formatHex(Hashes.sha256(key)).substring(0, ID_CHARACTERS);
    }

    /// Returns the id under which texts of this key are stored.
    String keyId() {
        return keyId;
    }

    /// Seals a text that belongs to an owner.
    public SealedText seal(Secret text, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, nonce, owner, text.value().getBytes(StandardCharsets.UTF_8));
        return new SealedText(
                ByteBuffer.allocate(nonce.length + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array(),
                keyId);
    }

    /// Opens a text that was sealed for an owner.
    public Secret open(SealedText text, String owner) {
        if (!text.sealedWith().equals(keyId)) {
            throw new WrongSettingException(
                    "The database holds keys that were sealed with the encryption key " + text.sealedWith()
                            + ", but this server has " + keyId + ".",
                    "Start it with the encryption key that this database was set up with.");
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.bytes());
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        byte[] sealed = new byte[bytes.remaining()];
        bytes.get(sealed);
        return new Secret(new String(apply(Cipher.DECRYPT_MODE, nonce, owner, sealed), StandardCharsets.UTF_8));
    }

    /// Returns 32 bytes that only a holder of the encryption key can compute.
    byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return mac.doFinal(("runyard:" + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private byte[] apply(int mode, byte[] nonce, String owner, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A sealed key of " + owner + " could not be read or written", e);
        }
    }
}
