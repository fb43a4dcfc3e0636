package dev.runyard.examples.csv;

import dev.runyard.sdk.AbortTaskRunException;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Which character separates fields. */
final class Delimiter {
    private static final int LOOK_AHEAD = 32 * 1024;
    private static final String CANDIDATES = ",;\t|";

    private Delimiter() {}

    /** Takes the one that the caller named, or the most frequent candidate outside of quotes on the first line. */
    static char choose(@Nullable String named, Reader reader) throws IOException {
        if (named == null || named.isEmpty()) {
            return guess(reader);
        }
        String one = named.equals("\\t") ? "\t" : named;
        if (one.length() != 1 || "\"\r\n".contains(one)) {
            throw new AbortTaskRunException("The \"delimiter\" must be one character: " + named);
        }
        return one.charAt(0);
    }

    private static char guess(Reader reader) throws IOException {
        int[] counts = new int[CANDIDATES.length()];
        reader.mark(LOOK_AHEAD);
        boolean quoted = false;
        for (int i = 0; i < LOOK_AHEAD; i++) {
            int c = reader.read();
            if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
                break;
            }
            quoted ^= c == '"';
            int candidate = CANDIDATES.indexOf(c);
            if (!quoted && candidate >= 0) {
                counts[candidate]++;
            }
        }
        reader.reset();
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return CANDIDATES.charAt(best);
    }
}
