package dev.runyard.sdk.http;

import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.TaskContext;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP calls and repeats them within an attempt: after lost connections, and after statuses that say that the same
 * call may succeed later (408, 429 and 5xx). A server that names a pause by {@code Retry-After} gets it. Immutable,
 * thread-safe.
 *
 * <pre>{@code
 * private static final RetryingHttp HTTP = RetryingHttp.with(HttpClient.newHttpClient());
 *
 * HttpResponse<String> response = HTTP.send(context, request, BodyHandlers.ofString());
 * }</pre>
 *
 * <p>A pause of more than 5 seconds is a wait of the run, as {@link TaskContext#waitFor} has it.
 */
public final class RetryingHttp {
    private static final IntPredicate MAY_SUCCEED_LATER = status -> status == 408 || status == 429 || status >= 500;
    private static final Duration LONGEST_WISH = Duration.ofHours(1);

    private final HttpClient client;
    private final Retry retry;
    private final IntPredicate repeats;

    private RetryingHttp(HttpClient client, Retry retry, IntPredicate repeats) {
        this.client = client;
        this.retry = retry;
        this.repeats = repeats;
    }

    /** Uses a client; there are up to five calls, 1 second apart at first. */
    public static RetryingHttp with(HttpClient client) {
        return new RetryingHttp(client, Retry.exponential(5, Duration.ofSeconds(1)), MAY_SUCCEED_LATER);
    }

    /** The same with other pauses. */
    public RetryingHttp retry(Retry newRetry) {
        return new RetryingHttp(client, newRetry, repeats);
    }

    /** The same, and these statuses are repeated and no others. */
    public RetryingHttp repeating(IntPredicate statuses) {
        return new RetryingHttp(client, retry, statuses);
    }

    /**
     * Makes a call.
     *
     * @return the last answer, which may have a status that would be repeated
     * @throws IOException where the last call got no answer
     */
    public <T> HttpResponse<T> send(TaskContext context, HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        RetryOptions options = retry.toWire();
        for (int call = 1; ; call++) {
            Optional<Duration> pause = options.delayAfter(call, RandomGenerator.getDefault());
            try {
                HttpResponse<T> response = client.send(request, handler);
                if (!repeats.test(response.statusCode()) || pause.isEmpty()) {
                    return response;
                }
                String why = "answered " + response.statusCode();
                pause(context, request, why, wished(response).orElse(pause.get()));
            } catch (IOException e) {
                if (pause.isEmpty()) {
                    throw e;
                }
                pause(context, request, "failed: " + e, pause.get());
            }
        }
    }

    private static void pause(TaskContext context, HttpRequest request, String why, Duration pause) {
        context.logger()
                .warn(
                        "%s %s %s; trying again in %d ms"
                                .formatted(request.method(), request.uri(), why, pause.toMillis()),
                        Map.of());
        context.waitFor(pause);
    }

    private static Optional<Duration> wished(HttpResponse<?> response) {
        return response.headers().firstValue("retry-after").map(RetryingHttp::seconds);
    }

    private static @Nullable Duration seconds(String text) {
        try {
            Duration wish = Duration.ofSeconds(Long.parseLong(text.strip()));
            return wish.isNegative() || wish.compareTo(LONGEST_WISH) > 0 ? null : wish;
        } catch (NumberFormatException e) {
            return null; // a date; the usual pause will do
        }
    }
}
