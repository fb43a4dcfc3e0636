package dev.runyard.engine.schedule;

import dev.runyard.protocol.id.EnvironmentId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The place of a schedule in its window: the same for each of its ticks, and different for each schedule.
///
/// @param value 0 up to 2^31
record SpreadPhase(int value) {
    private static final String VERSION = "cron-phase-v1";
    private static final double COUNT = 0x1p31;
    private static final Duration SHORTEST_RANGE = Duration.ofMinutes(1);

    SpreadPhase {
        if (value < 0) {
            throw new IllegalArgumentException("a phase is 0 or more: " + value);
        }
    }

    /// Derives the phase from what identifies the schedule: the first 31 bits of an HMAC-SHA256 over a JSON array.
    ///
    /// @throws IllegalArgumentException where the secret is empty
    static SpreadPhase of(String secret, EnvironmentId environment, String deduplicationKey) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the secret for spreading schedules is empty");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String text = "[\"" + VERSION + "\",\"" + environment.value() + "\"," + quote(deduplicationKey) + "]";
            return new SpreadPhase(ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)))
                            .getInt()
                    >>> 1);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    private static String quote(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    /// Tells whether this schedule is among the given share of all schedules.
    boolean isWithin(double fraction) {
        return value < fraction * COUNT;
    }

    /// Returns how far behind its nominal time a tick happens: always before the next one.
    ///
    /// @param interval time to the next tick, more than 0
    Duration delay(Duration interval, @Nullable ScheduleWindow window) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the time between two ticks is more than 0: " + interval);
        }
        Duration wanted = window == null ? Duration.ZERO : window.within(interval);
        Duration range = shorter(interval, longer(SHORTEST_RANGE, wanted));
        return Duration.ofMillis((long) (value / COUNT * range.toMillis()));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
