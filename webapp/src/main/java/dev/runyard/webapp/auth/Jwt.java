package dev.runyard.webapp.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs and checks compact tokens with HMAC-SHA-256.
///
/// Written out because the keys of the API are 31 to 36 bytes, and libraries refuse those under 32. Only this one
/// algorithm exists here, so a token cannot choose another.
final class Jwt {
    static final String HEADER = encode("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));
    private static final int MAX_LENGTH = 8_192;

    private Jwt() {}

    /// A token taken apart; nothing of it is trustworthy before [#isSignedWith].
    ///
    /// @param signed what the signature covers
    /// @param header as JSON
    /// @param payload as JSON
    /// @param signature its bytes
    record Parts(String signed, String header, String payload, byte[] signature) {
        boolean isSignedWith(String key) {
            return MessageDigest.isEqual(mac(key, signed), signature);
        }
    }

    static String sign(String payload, String key) {
        String signed = HEADER + "." + encode(payload.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(mac(key, signed));
    }

    static Optional<Parts> parse(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            return Optional.of(new Parts(
                    parts[0] + "." + parts[1],
                    new String(decoder.decode(parts[0]), StandardCharsets.UTF_8),
                    new String(decoder.decode(parts[1]), StandardCharsets.UTF_8),
                    decoder.decode(parts[2])));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static byte[] mac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
