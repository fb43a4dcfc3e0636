package dev.runyard.sdk.client;

import dev.runyard.sdk.internal.CurrentRun;
import dev.runyard.sdk.internal.CurrentSpan;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.internal.SdkVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes calls and repeats them while that may help: one try, then up to four more after 1.0, 1.6, 2.6 and 4.1 seconds.
 * The server's {@code x-should-retry} outranks the status. All tries of a call carry the same idempotency key.
 */
final class ApiCall {
    private static final Logger LOG = LoggerFactory.getLogger(ApiCall.class);
    private static final String API_VERSION = "2025-07-16";
    private static final double FIRST_DELAY_MS = 1_000;
    private static final double GROWTH = 1.6;
    private static final double LONGEST_DELAY_MS = 30_000;
    private static final int RATE_LIMITED = 429;

    private final ClientConfig config;
    private final HttpClient http;
    private final Pacer pacer;
    private final InstantSource clock;
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final String version = SdkVersion.get();

    ApiCall(ClientConfig config, HttpClient http, Pacer pacer, InstantSource clock) {
        this.config = config;
        this.http = http;
        this.pacer = pacer;
        this.clock = clock;
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, @Nullable Object body) {
        return send("POST", path, body == null ? "" : mapper.writeValueAsString(body));
    }

    JsonNode put(String path, Object body) {
        return send("PUT", path, mapper.writeValueAsString(body));
    }

    JsonNode delete(String path) {
        return send("DELETE", path, null);
    }

    /** Posts values of JSON, one a line. */
    JsonNode postLines(String path, String lines) {
        return send(request("POST", path, lines, "application/x-ndjson"));
    }

    private JsonNode send(String method, String path, @Nullable String body) {
        return send(request(method, path, body, "application/json"));
    }

    private JsonNode send(HttpRequest request) {
        String method = request.method();
        String path = request.uri().getPath();
        double delay = FIRST_DELAY_MS;
        try {
            for (int attempt = 1; ; attempt++) {
                Try tried = attempt(request);
                if (tried.body() != null) {
                    return parse(request, tried.body());
                }
                ApiException failure = tried.failureOrThrow();
                if (!failure.retryable() || attempt >= config.maxAttempts()) {
                    throw failure;
                }
                Duration pause = tried.notBefore() == null ? Duration.ofMillis((long) delay) : tried.notBefore();
                LOG.debug("{} {} failed, trying again in {}: {}", method, path, pause, failure.getMessage());
                pacer.pause(pause);
                delay = Math.min(LONGEST_DELAY_MS, delay * GROWTH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while calling " + method + " " + path);
        }
    }

    private HttpRequest request(String method, String path, @Nullable String body, String type) {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        String base = config.url().toString();
        URI uri = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(config.timeout())
                .header("authorization", "Bearer " + config.secretKey())
                .header("content-type", type)
                .header("trigger-version", version)
                .header("x-trigger-source", "sdk")
                .header("x-trigger-api-version", API_VERSION)
                .header("x-trigger-request-idempotency-key", UUID.randomUUID().toString());
        if (CurrentRun.get().isPresent()) {
            request.header("x-trigger-worker", "true");
        }
        CurrentSpan.get().ifPresent(span -> request.header("traceparent", span.traceparent()));
        return request.method(method, publisher).build();
    }

    private Try attempt(HttpRequest request) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            String message = "%s cannot be reached: %s".formatted(config.url(), e);
            return Try.failed(new ApiException.ConnectionFailed(message, e), null);
        }
        if (response.statusCode() / 100 == 2) {
            return new Try(response.body(), null, null);
        }
        ApiException.Answer answer = new ApiException.Answer(
                response.statusCode(),
                message(response),
                response.headers().firstValue("x-request-id").orElse(null));
        return Try.failed(ApiException.of(answer, mayRetry(response)), rateLimitPause(response));
    }

    private static boolean mayRetry(HttpResponse<String> response) {
        String said = response.headers().firstValue("x-should-retry").orElse("");
        if (said.equals("true") || said.equals("false")) {
            return said.equals("true");
        }
        int status = response.statusCode();
        return status >= 500 || status == 408 || status == 409 || status == RATE_LIMITED;
    }

    /** The server names the moment at which there is room again; jitter keeps the callers apart. */
    private @Nullable Duration rateLimitPause(HttpResponse<String> response) {
        HttpHeaders headers = response.headers();
        if (response.statusCode() != RATE_LIMITED
                || headers.firstValue("x-ratelimit-reset").isEmpty()) {
            return null;
        }
        try {
            long reset = Long.parseLong(headers.firstValue("x-ratelimit-reset").orElseThrow());
            long left = reset - clock.millis();
            return left <= 0
                    ? null
                    : Duration.ofMillis(left + RandomGenerator.getDefault().nextLong(1_000));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private String message(HttpResponse<String> response) {
        String text = response.body();
        try {
            JsonNode error = mapper.readTree(text).path("error");
            String sentence = error.isString()
                    ? error.asString("")
                    : error.path("message").asString("");
            return response.statusCode() + " " + (sentence.isEmpty() ? "status code (no body)" : sentence);
        } catch (JacksonException e) {
            return response.statusCode() + " " + (text.length() <= 500 ? text : text.substring(0, 500) + "…");
        }
    }

    private JsonNode parse(HttpRequest request, String body) {
        try {
            return mapper.readTree(body);
        } catch (JacksonException e) {
            throw new ApiException.Unexpected(
                    request.uri() + " answered with something other than JSON; is it the address of the server?", e);
        }
    }

    /**
     * One try of a call.
     *
     * @param body what a success answered
     * @param failure what went wrong otherwise
     * @param notBefore how long the server wants to be left alone
     */
    private record Try(
            @Nullable String body,
            @Nullable ApiException failure,
            @Nullable Duration notBefore) {
        static Try failed(ApiException failure, @Nullable Duration notBefore) {
            return new Try(null, failure, notBefore);
        }

        ApiException failureOrThrow() {
            if (failure == null) {
                throw new IllegalStateException("a try has a body or a failure");
            }
            return failure;
        }
    }
}
