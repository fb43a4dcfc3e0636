package dev.runyard.sdk.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A key under which a repeated trigger leads to the run of the first. Inside of a task
 * {@link dev.runyard.sdk.Triggers#idempotencyKey} makes one for its run; outside of tasks there is {@link #global}.
 *
 * @param hash what the server compares
 * @param text the key as its author wrote it
 * @param scope for whom it is the same
 */
public record IdempotencyKey(String hash, String text, IdempotencyScope scope) {

    /** Makes a key that is the same for everybody in the environment. */
    public static IdempotencyKey global(String... parts) {
        return of(IdempotencyScope.GLOBAL, List.of(parts), List.of());
    }

    /**
     * Makes a key.
     *
     * @param scope for whom it is the same
     * @param parts what its author wrote, at least one
     * @param owner what makes it another key for another run or attempt
     */
    public static IdempotencyKey of(IdempotencyScope scope, List<String> parts, List<String> owner) {
        if (parts.isEmpty() || parts.stream().allMatch(String::isEmpty)) {
            throw new IllegalArgumentException("an idempotency key has at least one part that is not empty");
        }
        List<String> all = new ArrayList<>(parts);
        all.addAll(owner);
        return new IdempotencyKey(sha256(String.join("-", all)), String.join("-", parts), scope);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
