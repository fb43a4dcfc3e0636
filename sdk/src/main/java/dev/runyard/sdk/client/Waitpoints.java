package dev.runyard.sdk.client;

import dev.runyard.protocol.trigger.Durations;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.WaitToken;
import dev.runyard.sdk.serde.PayloadCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes and completes tokens that runs wait for. Thread-safe. */
public final class Waitpoints {
    private static final PayloadCodec CODEC = new PayloadCodec();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ApiCall call;

    Waitpoints(ApiCall call) {
        this.call = call;
    }

    /** Makes a token. */
    public WaitToken create(TokenOptions options) {
        return create(call, options);
    }

    /** Reads a token. */
    public Token retrieve(String tokenId) {
        return token(call.get("/api/v1/waitpoints/tokens/" + Runs.encode(tokenId)));
    }

    /** Reads all tokens, newest first, page by page as the stream is consumed; those of the last seven days by default. */
    public Stream<Token> stream() {
        return CursorPages.of(call, "/api/v1/waitpoints/tokens").map(Waitpoints::token);
    }

    /** Completes a token; the first output wins. */
    public void complete(String tokenId, @Nullable Object output) {
        complete(call, tokenId, CODEC.encode(output));
    }

    static WaitToken create(ApiCall call, TokenOptions options) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (options.timeout() != null) {
            body.put("timeout", Durations.format(options.timeout()));
        }
        if (options.idempotencyKey() != null) {
            body.put("idempotencyKey", options.idempotencyKey());
        }
        if (!options.tags().isEmpty()) {
            body.put("tags", options.tags());
        }
        JsonNode answer = call.post("/api/v1/waitpoints/tokens", body);
        return new WaitToken(
                RunJson.id(answer),
                answer.path("isCached").asBoolean(false),
                answer.path("url").asString(""));
    }

    static void complete(ApiCall call, String tokenId, @Nullable String json) {
        Map<String, Object> body = json == null ? Map.of() : Map.of("data", MAPPER.readTree(json));
        call.post("/api/v1/waitpoints/tokens/" + Runs.encode(tokenId) + "/complete", body);
    }

    private static Token token(JsonNode node) {
        return new Token(
                RunJson.id(node),
                TokenStatus.parse(node.path("status").asString("")),
                RunJson.text(node, "output"),
                RunJson.tags(node.path("tags")));
    }

    /**
     * A token as it was when it was read.
     *
     * @param id the token, {@code waitpoint_…}
     * @param status where it stands
     * @param output what it was completed with, as text
     * @param tags its labels
     */
    public record Token(
            String id, TokenStatus status, @Nullable String output, List<String> tags) {}

    /** Where a token stands. */
    public enum TokenStatus {
        /** Nobody completed it yet. */
        WAITING,
        /** Somebody completed it. */
        COMPLETED,
        /** Nobody completed it in time. */
        TIMED_OUT,
        /** A status that this version of the client does not know. */
        UNKNOWN;

        static TokenStatus parse(String text) {
            for (TokenStatus status : values()) {
                if (status.name().equals(text)) {
                    return status;
                }
            }
            return UNKNOWN;
        }
    }
}
