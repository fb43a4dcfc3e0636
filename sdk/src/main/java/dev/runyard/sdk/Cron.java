package dev.runyard.sdk;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/**
 * When a scheduled task runs by itself, in every environment or in some.
 *
 * @param pattern five fields: minute, hour, day of month, month, day of week
 * @param timezone the zone in which they are meant
 * @param environments {@code PRODUCTION}, {@code STAGING}, {@code DEVELOPMENT} or {@code PREVIEW}; none means all
 */
public record Cron(String pattern, ZoneId timezone, List<String> environments) {
    private static final List<String> TYPES = List.of("PRODUCTION", "STAGING", "DEVELOPMENT", "PREVIEW");
    private static final int FIELDS = 5;

    public Cron {
        environments = List.copyOf(environments);
        if (pattern.strip().split("\\s+").length != FIELDS) {
            throw new IllegalArgumentException(
                    "a cron pattern has five fields, without seconds, such as \"0 9 * * *\", not: " + pattern);
        }
        environments.stream().filter(type -> !TYPES.contains(type)).findFirst().ifPresent(type -> {
            throw new IllegalArgumentException("there is no environment " + type + "; there are " + TYPES);
        });
    }

    /** A pattern in UTC. */
    public static Cron of(String pattern) {
        return new Cron(pattern, ZoneId.of("UTC"), List.of());
    }

    /** The same pattern in a time zone, such as {@code Asia/Tokyo}. */
    public Cron in(String zone) {
        try {
            return new Cron(pattern, ZoneId.of(zone), environments);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no time zone \"" + zone + "\"", e);
        }
    }

    /** The same in some environments only. */
    public Cron only(String... types) {
        return new Cron(pattern, timezone, List.of(types));
    }
}
