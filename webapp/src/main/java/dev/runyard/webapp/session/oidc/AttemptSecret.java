package dev.runyard.webapp.session.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a browser holds while its user is at the identity provider: 256 random bits. State, nonce and PKCE verifier
/// follow from it, so that they need not be kept anywhere.
///
/// @param text what the cookie carries
record AttemptSecret(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int BYTES = 32;

    static AttemptSecret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new AttemptSecret(BASE64.encodeToString(bytes));
    }

    /// Returns what the provider hands back with its answer.
    String state() {
        return derive("state");
    }

    /// Returns what the provider puts, hashed, into the token that it signs.
    String nonce() {
        return derive("nonce");
    }

    /// Returns what proves to the provider that whoever redeems the code has asked for it.
    String verifier() {
        return derive("verifier");
    }

    /// Returns what the database stores.
    byte[] hash() {
        return sha256(text);
    }

    /// Returns the hash of a text as the protocol writes it.
    static String hashed(String text) {
        return BASE64.encodeToString(sha256(text));
    }

    private String derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return BASE64.encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
