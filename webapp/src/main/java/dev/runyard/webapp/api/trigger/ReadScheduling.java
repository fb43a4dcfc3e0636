package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.protocol.trigger.Durations;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.JsonText.Member;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.config.LimitsProperties;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Reads when and in what order a run may start: delay, ttl, priority, and the key that makes a repeated call harmless.
@Component
class ReadScheduling {
    private static final Duration KEY_LIFE = Duration.ofDays(30);
    private static final BigDecimal MILLIS_PER_SECOND = BigDecimal.valueOf(1_000);
    private static final BigDecimal MAX_PRIORITY_SECONDS = BigDecimal.valueOf(Integer.MAX_VALUE / 1_000);
    private static final String DURATION = "a duration such as \"1h30m\" (units w, d, h, m, s)";

    private final LimitsProperties limits;
    private final InstantSource clock;

    ReadScheduling(LimitsProperties limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    void into(TriggerCommandBuilder command, JsonMembers options, KeyHeaders headers) {
        options.text("delay").ifPresent(text -> command.delayUntil(delayUntil(options, text)));
        options.get("ttl").ifPresent(member -> command.ttl(ttl(options, member)));
        options.number("priority").ifPresent(seconds -> command.priorityMs(priority(options, seconds)));
        String key = headers.key().or(() -> options.text("idempotencyKey")).orElse(null);
        if (key != null) {
            command.idempotencyKey(idempotencyKey(key, options, headers));
        }
        if (options.get("debounce").isPresent()) {
            command.debounce(debounce(options.object("debounce")));
        }
    }

    /// What the words mean, and whether they fit together, is the engine's to say.
    private static Debounce debounce(JsonMembers options) {
        String mode = options.text("mode").orElse("leading");
        return new Debounce(
                options.text("key").orElseThrow(() -> options.invalid("key", "is missing")),
                options.text("delay").orElseThrow(() -> options.invalid("delay", "is missing")),
                switch (mode) {
                    case "leading" -> Debounce.Mode.LEADING;
                    case "trailing" -> Debounce.Mode.TRAILING;
                    default -> throw options.invalid("mode", "must be leading or trailing, not '" + mode + "'");
                },
                options.text("maxDelay").orElse(null));
    }

    /// A date in the past means no delay; the engine sees to that.
    private Instant delayUntil(JsonMembers options, String text) {
        String rule = "must be " + DURATION + " or an ISO 8601 date with its offset such as \"2026-08-01T10:00:00Z\"";
        Instant until = Durations.parse(text)
                .map(delay -> clock.instant().plus(delay))
                .or(() -> date(text))
                .orElseThrow(() -> options.invalid("delay", rule));
        if (until.isAfter(clock.instant().plus(limits.future()))) {
            throw tooFar(options.at("delay"));
        }
        return until;
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Duration ttl(JsonMembers options, Member member) {
        Supplier<ApiException> wrong =
                () -> options.invalid("ttl", "must be " + DURATION + " or a whole number of seconds");
        Duration ttl;
        if (member.isString()) {
            ttl = Durations.parse(member.text()).orElseThrow(wrong);
        } else {
            BigDecimal seconds = options.number("ttl").orElseThrow();
            if (seconds.signum() < 0 || seconds.stripTrailingZeros().scale() > 0) {
                throw wrong.get();
            }
            ttl = seconds.compareTo(BigDecimal.valueOf(limits.future().toSeconds())) > 0
                    ? limits.future().plusSeconds(1)
                    : Duration.ofSeconds(seconds.longValueExact());
        }
        if (ttl.compareTo(limits.future()) > 0) {
            throw tooFar(options.at("ttl"));
        }
        return ttl;
    }

    private static long priority(JsonMembers options, BigDecimal seconds) {
        if (seconds.abs().compareTo(MAX_PRIORITY_SECONDS) > 0) {
            throw options.invalid("priority", "must be at most " + MAX_PRIORITY_SECONDS + " seconds");
        }
        return seconds.multiply(MILLIS_PER_SECOND).longValue();
    }

    private TriggerCommand.IdempotencyKey idempotencyKey(String key, JsonMembers options, KeyHeaders headers) {
        if (key.getBytes(StandardCharsets.UTF_8).length > limits.idempotencyKeyLength()) {
            throw options.invalid(
                    "idempotencyKey", "must have at most " + limits.idempotencyKeyLength() + " characters");
        }
        StorableText.check(options.at("idempotencyKey"), key);
        Duration life = headers.life()
                .or(() -> options.text("idempotencyKeyTTL"))
                .map(text -> Durations.parse(text)
                        .orElseThrow(() -> options.invalid("idempotencyKeyTTL", "must be " + DURATION)))
                .orElse(KEY_LIFE);
        if (life.compareTo(limits.future()) > 0) {
            throw tooFar(options.at("idempotencyKeyTTL"));
        }
        JsonMembers written = options.object("idempotencyKeyOptions");
        return new TriggerCommand.IdempotencyKey(
                key,
                written.text("key").orElse(null),
                written.text("scope").orElse(null),
                clock.instant().plus(life));
    }

    private ApiException tooFar(String path) {
        return ApiException.invalid(
                path, "must not reach further ahead than " + limits.future().toDays() + " days");
    }
}
