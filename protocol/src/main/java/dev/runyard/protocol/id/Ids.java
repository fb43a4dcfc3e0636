package dev.runyard.protocol.id;

import java.util.UUID;

/**
 * Text form of 128-bit ids: 26 lower-case Crockford base32 characters.
 *
 * <p>The text sorts like the UUID, holds no character that a DNS label, a URL or a Redis key would mind, and is short
 * enough to name a container.
 */
public final class Ids {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;
    private static final int BITS_PER_DIGIT = 5;

    private Ids() {}

    /** Returns the 26-character text of an id. */
    public static String encode(UUID id) {
        char[] text = new char[LENGTH];
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS[(int) (low & 31)];
            low = (low >>> BITS_PER_DIGIT) | (high << (64 - BITS_PER_DIGIT));
            high = high >>> BITS_PER_DIGIT;
        }
        return new String(text);
    }

    /**
     * Reads an id back.
     *
     * @throws IllegalArgumentException where the text is not an id
     */
    public static UUID decode(String text) {
        if (text.length() != LENGTH) {
            throw new IllegalArgumentException("not an id: " + text);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            high = (high << BITS_PER_DIGIT) | (low >>> (64 - BITS_PER_DIGIT));
            low = (low << BITS_PER_DIGIT) | digit(text, i);
        }
        return new UUID(high, low);
    }

    /**
     * Reads an id that carries a prefix, such as {@code run_…}.
     *
     * @throws IllegalArgumentException where the prefix or the rest is wrong
     */
    public static UUID decode(String prefix, String text) {
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("expected an id that begins with " + prefix + ": " + text);
        }
        return decode(text.substring(prefix.length()));
    }

    private static int digit(String text, int index) {
        char c = text.charAt(index);
        for (int value = 0; value < DIGITS.length; value++) {
            if (DIGITS[value] == c && (index > 0 || value < 8)) {
                return value;
            }
        }
        throw new IllegalArgumentException("not an id: " + text);
    }
}
