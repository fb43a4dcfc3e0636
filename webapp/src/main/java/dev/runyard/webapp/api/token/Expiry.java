package dev.runyard.webapp.api.token;

import dev.runyard.webapp.api.shared.ApiException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// When a token ends: a number of seconds since 1970, or a span such as `15m`, `1 hour` or `2 days`.
final class Expiry {
    private static final Duration MAX = Duration.ofDays(30);
    private static final Pattern SPAN = Pattern.compile("\\+?\\s*(\\d{1,9})\\s*([a-z]+?)s?(?: from now)?");
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(253_402_300_799L);
    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hr", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("w", Duration.ofDays(7)),
            Map.entry("week", Duration.ofDays(7)));

    private Expiry() {}

    /// Reads an end.
    ///
    /// @throws ApiException where it is no time, past, or more than 30 days ahead
    static Instant read(@Nullable Object value, Duration byDefault, Instant now) {
        Instant end = value == null ? now.plus(byDefault) : parse(value, now);
        if (!end.isAfter(now)) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Expiration time must be in the future");
        }
        if (end.isAfter(now.plus(MAX))) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Expiration time cannot exceed 30 days");
        }
        return end;
    }

    private static Instant parse(Object value, Instant now) {
        if (value instanceof Number number) {
            return seconds(new BigDecimal(number.toString()));
        }
        if (value instanceof String text) {
            String span = text.strip().toLowerCase(Locale.ROOT);
            Matcher matcher = SPAN.matcher(span);
            Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
            if (unit != null) {
                return now.plus(unit.multipliedBy(Long.parseLong(matcher.group(1))));
            }
        }
        throw invalid();
    }

    private static Instant seconds(BigDecimal number) {
        if (number.signum() < 0 || number.compareTo(MAX_SECONDS) > 0) {
            throw invalid();
        }
        return Instant.ofEpochSecond(number.longValue());
    }

    private static ApiException invalid() {
        return ApiException.of(HttpStatus.BAD_REQUEST, "Invalid expiration time");
    }
}
