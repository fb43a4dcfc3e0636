package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which lines of an environment somebody looks for; absent values do not restrict.
///
/// @param environment whose lines
/// @param text stands in the line or in its attributes, whatever the case of its letters
/// @param least OTLP severity number of the least serious line
/// @param run only lines of this run
/// @param task only lines of runs of this task
/// @param from written at or after this
/// @param to written before this
/// @param before only lines before this one, in the order of the answer
/// @param size most lines
public record LogSearch(
        EnvironmentId environment,
        @Nullable String text,
        int least,
        @Nullable RunId run,
        @Nullable String task,
        Instant from,
        Instant to,
        @Nullable Place before,
        int size) {

    /// The same between other times.
    LogSearch between(Instant otherFrom, Instant otherTo, int otherSize) {
        return new LogSearch(environment, text, least, run, task, otherFrom, otherTo, before, otherSize);
    }

    /// The place of a line in the answer.
    ///
    /// @param at when it was written
    /// @param run its run
    /// @param seq its number in the run
    public record Place(Instant at, RunId run, long seq) {
        /// Reads the form that an answer had.
        ///
        /// @throws IllegalArgumentException where it is not one
        public static Place parse(String text) {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("/", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("cursor is not one of this list");
            }
            try {
                return new Place(
                        Instant.parse(parts[0]), new RunId(UUID.fromString(parts[1])), Long.parseLong(parts[2]));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("cursor is not one of this list", e);
            }
        }

        @Override
        public String toString() {
            String plain = at + "/" + run.value() + "/" + seq;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
