package dev.runyard.webapp.api.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads lines as they arrive, and of each only as much as it may have: the sender streams while items are stored.
final class ItemLines {
    private static final int BUFFER = 16_384;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private int number;

    ItemLines(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /// A line that is not blank.
    ///
    /// @param number from 1
    /// @param text the line, or its beginning
    /// @param isCut whether it is longer than it may be
    record Line(int number, String text, boolean isCut) {}

    /// Returns the next line; empty at the end.
    ///
    /// @throws CharacterCodingException where it is no UTF-8
    Optional<Line> next() throws IOException {
        while (at < end || fill()) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean isCut = readTo(line);
            number++;
            String text = isCut ? line.toString(StandardCharsets.UTF_8) : decode(line.toByteArray());
            if (!text.isBlank()) {
                return Optional.of(new Line(number, text, isCut));
            }
        }
        return Optional.empty();
    }

    /// Returns the number of the line that was read last.
    int number() {
        return number;
    }

    private boolean readTo(ByteArrayOutputStream line) throws IOException {
        boolean isCut = false;
        do {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            int room = Math.min(stop - at, maxBytes - line.size());
            line.write(buffer, at, room);
            isCut |= room < stop - at;
            at = Math.min(stop + 1, end);
            if (stop < end) {
                return isCut;
            }
        } while (fill());
        return isCut;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
