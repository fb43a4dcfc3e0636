package dev.runyard.webapp.tenant;

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

/// One encryption key, and what is done with it.
final class SealingKey {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int ID_CHARACTERS = 8;

    private final SecretKey key;
    private final String id;
    private final SecureRandom random = new SecureRandom();

    SealingKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the encryption key must be 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.id = HexFormat.of().formatHex(Hashes.sha256(key)).substring(0, ID_CHARACTERS);
    }

    /// Returns the id under which texts of this key are stored.
    String id() {
        return id;
    }

    SealedText seal(byte[] text, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, nonce, owner, text);
        return new SealedText(
                ByteBuffer.allocate(nonce.length + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array(),
                id);
    }

    byte[] open(byte[] bytes, String owner) {
        if (bytes.length < NONCE_BYTES) {
            throw new IllegalStateException("A sealed text of " + owner + " is cut off");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        return apply(Cipher.DECRYPT_MODE, nonce, owner, sealed);
    }

    /// Returns 32 bytes that only a holder of the key can compute.
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
