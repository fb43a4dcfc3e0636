package dev.runyard.webapp.api.shared;

import dev.runyard.protocol.trigger.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/// Reads from when to when the things of a list were made.
@Component
public class ReadWindow {
    private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");

    private final InstantSource clock;

    ReadWindow(InstantSource clock) {
        this.clock = clock;
    }

    /// A time. Both ends are within what an id can express.
    ///
    /// @param from begin
    /// @param to end
    public record Window(@Nullable Instant from, @Nullable Instant to) {
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

        public Window {
            from = clamp(from);
            to = clamp(to);
        }

        private static @Nullable Instant clamp(@Nullable Instant instant) {
            if (instant == null) {
                return null;
            }
            return instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant.isAfter(LAST) ? LAST : instant;
        }
    }

    /// Reads the parameters.
    ///
    /// @param ordinary how far back a list reaches that does not say it; absent for as far as there is something
    public Window read(MultiValueMap<String, String> parameters, @Nullable Duration ordinary) {
        String period = parameters.getFirst("filter[createdAt][period]");
        Instant now = clock.instant();
        if (period != null) {
            Duration back = Durations.parse(period)
                    .orElseThrow(() -> ApiException.query(
                            "filter[createdAt][period]", "Must be a duration such as 15m, 1h or 7d."));
            return new Window(now.minus(back), null);
        }
        Instant from = instant(parameters, "filter[createdAt][from]");
        Instant to = instant(parameters, "filter[createdAt][to]");
        boolean isOpen = from == null && to == null && ordinary != null;
        return isOpen ? new Window(now.minus(ordinary), null) : new Window(from, to);
    }

    /// Clients send milliseconds since 1970; people write dates.
    private static @Nullable Instant instant(MultiValueMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null || value.isEmpty() ? null : instant(name, value);
    }

    /// Reads an instant as clients write it.
    ///
    /// @param name of the parameter, for the refusal
    public static Instant instant(String name, String value) {
        if (MILLIS.matcher(value).matches()) {
            return Instant.ofEpochMilli(Long.parseLong(value));
        }
        try {
            return value.contains("T")
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException _) {
            throw ApiException.query(name, "Must be milliseconds since 1970 or an ISO 8601 date.");
        }
    }
}
