package dev.runyard.webapp.api.run;

import dev.runyard.protocol.trigger.Durations;
import dev.runyard.webapp.api.shared.ApiException;
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

/// Reads from when to when the runs of a list were triggered; the last seven days where a list does not say.
@Component
class ReadWindow {
    private static final Duration DEFAULT_PERIOD = Duration.ofDays(7);
    private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");

    private final InstantSource clock;

    ReadWindow(InstantSource clock) {
        this.clock = clock;
    }

    /// Both ends are within what a run's id can express.
    record Window(@Nullable Instant from, @Nullable Instant to) {
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

        Window {
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

    Window read(MultiValueMap<String, String> parameters) {
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
        return from == null && to == null ? new Window(now.minus(DEFAULT_PERIOD), null) : new Window(from, to);
    }

    /// Clients send milliseconds since 1970; people write dates.
    private static @Nullable Instant instant(MultiValueMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
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
