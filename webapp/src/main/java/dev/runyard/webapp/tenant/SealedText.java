package dev.runyard.webapp.tenant;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A text that only the holder of an encryption key can read.
///
/// @param bytes nonce and ciphertext
/// @param sealedWith id of the encryption key
public record SealedText(byte[] bytes, String sealedWith) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedText(byte[] otherBytes, String otherKey)
                && Arrays.equals(bytes, otherBytes)
                && sealedWith.equals(otherKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SealedText[" + sealedWith + "]";
    }
}
