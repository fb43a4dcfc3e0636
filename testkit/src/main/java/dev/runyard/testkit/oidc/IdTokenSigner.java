package dev.runyard.testkit.oidc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/// Signs tokens, rightly or wrongly.
public final class IdTokenSigner {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int BITS = 2_048;

    private final KeyPair own = newKey();
    private final String keyId = UUID.randomUUID().toString();
    private final String clientSecret;

    /// What a token is signed by.
    public enum By {
        ITS_KEY("RS256"),
        /// Says that it is the key that everybody knows, and is not.
        ANOTHER_KEY("RS256"),
        /// The client knows it as well.
        THE_CLIENT_SECRET("HS256"),
        NOTHING("none");

        private final String algorithm;

        By(String algorithm) {
            this.algorithm = algorithm;
        }
    }

    IdTokenSigner(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    Map<String, Object> publicKeys() {
        RSAPublicKey key = (RSAPublicKey) own.getPublic();
        return Map.of(
                "keys",
                List.of(Map.of(
                        "kty",
                        "RSA",
                        "use",
                        "sig",
                        "kid",
                        keyId,
                        "n",
                        number(key.getModulus()),
                        "e",
                        number(key.getPublicExponent()))));
    }

    String sign(Map<String, Object> claims, By by) {
        String text = part(Map.of("alg", by.algorithm, "kid", keyId)) + "." + part(claims);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] signature = switch (by) {
                case ITS_KEY -> rsa(own, bytes);
                case ANOTHER_KEY -> rsa(newKey(), bytes);
                case THE_CLIENT_SECRET -> hmac(bytes);
                case NOTHING -> new byte[0];
            };
            return text + "." + BASE64.encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] rsa(KeyPair key, byte[] bytes) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(bytes);
        return signature.sign();
    }

    private byte[] hmac(byte[] bytes) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(clientSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(bytes);
    }

    private static String part(Map<String, Object> content) {
        return BASE64.encodeToString(JsonMapper.shared().writeValueAsBytes(content));
    }

    /// A key's numbers have no sign.
    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int skipped = bytes[0] == 0 ? 1 : 0;
        byte[] unsigned = new byte[bytes.length - skipped];
        System.arraycopy(bytes, skipped, unsigned, 0, unsigned.length);
        return BASE64.encodeToString(unsigned);
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(BITS);
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
