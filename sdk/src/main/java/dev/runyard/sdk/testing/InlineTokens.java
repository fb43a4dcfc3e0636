package dev.runyard.sdk.testing;

import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.WaitToken;
import dev.runyard.sdk.serde.PayloadCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tokens of a test. A token that nobody completes times out where it can. */
final class InlineTokens {
    private static final String TIMED_OUT =
            "{\"code\":\"TRIGGER_WAITPOINT_TIMEOUT\",\"message\":\"Waitpoint timed out\"}";

    private final Map<String, Duration> timeouts = new HashMap<>();
    private final Map<String, @Nullable String> outputs = new HashMap<>();
    private final InlineRunner.@Nullable TokenAnswer answer;

    InlineTokens(InlineRunner.@Nullable TokenAnswer answer) {
        this.answer = answer;
    }

    WaitToken create(TokenOptions options) {
        String id = new WaitpointId(UUID.randomUUID()).toString();
        if (options.timeout() != null) {
            timeouts.put(id, options.timeout());
        }
        return new WaitToken(id, false, "http://localhost/api/v1/waitpoints/tokens/" + id + "/callback/test");
    }

    void complete(String tokenId, @Nullable String json) {
        outputs.putIfAbsent(tokenId, json);
    }

    CompletedWaitpoint await(String tokenId, SkippedTime time) {
        if (outputs.containsKey(tokenId)) {
            return end(tokenId, outputs.get(tokenId), false, time);
        }
        if (answer != null) {
            return end(tokenId, new PayloadCodec().encode(answer.output(tokenId)), false, time);
        }
        Duration timeout = timeouts.get(tokenId);
        if (timeout == null) {
            throw new IllegalStateException("nobody completes the token " + tokenId
                    + " in this test, and it has no timeout; say what it is completed with by completingTokens(...)");
        }
        time.pause(timeout);
        return end(tokenId, TIMED_OUT, true, time);
    }

    private static CompletedWaitpoint end(String tokenId, @Nullable String output, boolean isError, SkippedTime time) {
        WaitpointId id = idOf(tokenId);
        return new CompletedWaitpoint(
                id.body(),
                null,
                id,
                "MANUAL",
                time.instant(),
                null,
                null,
                null,
                null,
                output,
                PayloadCodec.JSON,
                isError);
    }

    /** A test may call its tokens as it likes. */
    private static WaitpointId idOf(String tokenId) {
        try {
            return WaitpointId.parse(tokenId);
        } catch (IllegalArgumentException e) {
            return new WaitpointId(UUID.nameUUIDFromBytes(tokenId.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
