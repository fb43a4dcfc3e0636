package dev.runyard.webapp.api.waitpoint;

import dev.runyard.engine.waitpoint.NewWaitpoint;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.trigger.Durations;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.config.LimitsProperties;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Reads what a caller wants to wait for.
@Component
class ReadWait {
    private static final String DURATION = "a duration such as \"1h30m\" (units w, d, h, m, s)";
    private static final String DATE = "an ISO 8601 date with its offset such as \"2026-08-01T10:00:00Z\"";

    private final LimitsProperties limits;
    private final InstantSource clock;

    ReadWait(LimitsProperties limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    NewWaitpoint token(EnvironmentId environment, JsonMembers body) {
        Instant timeoutAt = body.text("timeout")
                .map(text -> Durations.parse(text)
                        .map(clock.instant()::plus)
                        .or(() -> date(text))
                        .orElseThrow(() -> body.invalid("timeout", "must be " + DURATION + " or " + DATE)))
                .map(at -> near(body, "timeout", at))
                .orElse(null);
        return NewWaitpoint.token(environment, timeoutAt, key(body), body.texts("tags"));
    }

    NewWaitpoint date(EnvironmentId environment, JsonMembers body) {
        String text = body.text("date").orElseThrow(() -> body.invalid("date", "is missing; it must be " + DATE));
        Instant at = date(text).orElseThrow(() -> body.invalid("date", "must be " + DATE));
        return NewWaitpoint.datetime(environment, near(body, "date", at), key(body));
    }

    /// Reads an id; empty where no waitpoint can have it.
    static Optional<WaitpointId> id(String text) {
        try {
            return Optional.of(WaitpointId.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private NewWaitpoint.@Nullable Key key(JsonMembers body) {
        Optional<Instant> expiresAt = body.text("idempotencyKeyTTL").map(text -> {
            Duration life =
                    Durations.parse(text).orElseThrow(() -> body.invalid("idempotencyKeyTTL", "must be " + DURATION));
            return near(body, "idempotencyKeyTTL", clock.instant().plus(life));
        });
        return body.text("idempotencyKey")
                .map(key -> new NewWaitpoint.Key(key, expiresAt.orElse(null)))
                .orElse(null);
    }

    private Instant near(JsonMembers body, String name, Instant at) {
        if (at.isAfter(clock.instant().plus(limits.future()))) {
            throw body.invalid(
                    name, "must not reach further ahead than " + limits.future().toDays() + " days");
        }
        return at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at;
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    static ApiException notFound() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Waitpoint not found");
    }
}
