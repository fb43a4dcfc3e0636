package dev.runyard.webapp.tenant;

import java.security.SecureRandom;

/// Random letters and digits for credentials.
final class RandomText {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static String of(int length) {
        return of(length, ALPHABET);
    }

    static String of(int length, String alphabet) {
        return RANDOM.ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }
}
