package dev.runyard.sdk.internal;

import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.sdk.AttemptStoppedException;
import dev.runyard.sdk.TypeReference;
import dev.runyard.sdk.Waits;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TokenResult;
import dev.runyard.sdk.run.WaitToken;
import dev.runyard.sdk.serde.PayloadCodec;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Waits for one attempt. Thread-safe; the server refuses a wait while another is under way. */
final class RunWaits implements Waits {
    /** A shorter wait is not worth a trip to the server. */
    private static final Duration PLAIN_SLEEP = Duration.ofSeconds(5);

    private static final PayloadCodec CODEC = new PayloadCodec();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final RunServer server;
    private final AroundWait around;
    private final Clock clock;
    private final RunSpans spans;

    /**
     * @param server lets the run wait
     * @param around is run around each wait
     * @param clock tells the time and passes it
     * @param spans shows short waits; longer ones are shown by what is around them
     */
    RunWaits(RunServer server, AroundWait around, Clock clock, RunSpans spans) {
        this.server = server;
        this.around = around;
        this.clock = clock;
        this.spans = spans;
    }

    /**
     * How time passes for an attempt.
     *
     * @param time tells the time
     * @param pacer lets it pass
     */
    record Clock(InstantSource time, Pacer pacer) {}

    @Override
    public void waitFor(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a wait is not negative: " + duration);
        }
        if (duration.compareTo(PLAIN_SLEEP) <= 0) {
            sleep(duration);
        } else {
            waitOnServer(clock.time().instant().plus(duration));
        }
    }

    @Override
    public void waitUntil(Instant moment) {
        Duration left = Duration.between(clock.time().instant(), moment);
        if (left.compareTo(PLAIN_SLEEP) > 0) {
            waitOnServer(moment);
        } else if (left.isPositive()) {
            sleep(left);
        }
    }

    @Override
    public WaitToken createToken(TokenOptions options) {
        return server.createToken(options);
    }

    @Override
    public <T extends @Nullable Object> TokenResult<T> waitForToken(String tokenId, Class<T> type) {
        return result(tokenId, type);
    }

    @Override
    public <T extends @Nullable Object> TokenResult<T> waitForToken(String tokenId, TypeReference<T> type) {
        return result(tokenId, type.type());
    }

    @Override
    public void completeToken(String tokenId, @Nullable Object output) {
        server.completeToken(tokenId, CODEC.encode(output));
    }

    private void waitOnServer(Instant moment) {
        around.during("Wait until " + moment, span -> {
            server.waitUntil(moment);
            return moment;
        });
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the codec makes what the type says, null where the token has none
    private <T extends @Nullable Object> TokenResult<T> result(String tokenId, Type type) {
        CompletedWaitpoint end = around.during("Wait for token " + tokenId, span -> server.waitForToken(tokenId));
        if (end.outputIsError()) {
            return new TokenResult.TimedOut<>(message(Objects.requireNonNullElse(end.output(), "")));
        }
        String mediaType = Objects.requireNonNullElse(end.outputType(), PayloadCodec.JSON);
        return new TokenResult.Completed<>((T) CODEC.decode(end.output(), mediaType, type));
    }

    private static String message(String output) {
        try {
            return MAPPER.readTree(output).path("message").asString("The token timed out");
        } catch (JacksonException e) {
            return output.isEmpty() ? "The token timed out" : output;
        }
    }

    private void sleep(Duration duration) {
        try (RecordedSpan span = spans.open(name(duration), SpanSnapshot.Kind.WAIT)) {
            clock.pacer().pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AttemptStoppedException("The attempt was stopped while it waited");
        }
    }

    /** Names a wait as in {@code Wait for 1m30s}. */
    private static String name(Duration duration) {
        return "Wait for " + duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
