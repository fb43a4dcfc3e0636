package dev.runyard.supervisor.workloadapi;

import dev.runyard.protocol.id.RunId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Issues and checks the token that lets a runner speak for its run, and for no other.
///
/// A token is the run's id with its HMAC, so that nothing is stored and every restart of the supervisor knows it.
public final class RunnerTokens {
    private static final String PREFIX = "wlt_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int GROUP = 12;

    private final SecretKeySpec key;

    public RunnerTokens(String base64Key) {
        byte[] bytes = Base64.getDecoder().decode(base64Key);
        if (bytes.length < KEY_BYTES) {
            throw new IllegalArgumentException(
                    "runyard.supervisor.workload-token-key must be at least " + KEY_BYTES + " bytes in base64");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /// Makes up a key.
    public static String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    public String issue(RunId run) {
        return PREFIX + run.body() + "_" + signature(run.body());
    }

    /// Returns the run that a token speaks for, or nothing where the token is not ours.
    public Optional<RunId> verify(String token) {
        int end = token.indexOf('_', PREFIX.length());
        if (!token.startsWith(PREFIX) || end < 0) {
            return Optional.empty();
        }
        String body = token.substring(PREFIX.length(), end);
        byte[] given = token.substring(end + 1).getBytes(StandardCharsets.UTF_8);
        byte[] expected = signature(body).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, expected) ? Optional.of(RunId.parse("run_" + body)) : Optional.empty();
    }

    /// Returns what is the same for supervisors that know each other's tokens and are found by runners in the same way.
    ///
    /// @param address where runners find this supervisor
    public String group(String address) {
        return signature("group " + address).substring(0, GROUP);
    }

    private String signature(String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signature = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
