package dev.runyard.webapp.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.Routes;
import dev.runyard.webapp.auth.Routes.Route;
import dev.runyard.webapp.security.Callers.Caller;
import dev.runyard.webapp.security.Callers.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/// 20,000 requests that nobody should send, to every route. The seed makes them the same each time; set the system
/// property `runyard.fuzz.seed` for others.
class MalformedInputTest extends WebappTest {
    private static final int REQUESTS = 20_000;
    private static final int SENDERS = 8;
    private static final int TRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern STACK_TRACE = Pattern.compile(
            "\\bat [\\w.$]+\\([\\w.]+:\\d+\\)|Exception:|org\\.springframework|PSQLException|dev\\.runyard");

    /// Routes that wait on purpose, or end what the rest of the test needs.
    private static final Set<String> LEFT_OUT = Set.of(
            "POST /engine/v1/worker-actions/dequeue",
            "GET /engine/v1/worker-actions/deployments/{deployment}/dequeue",
            "POST /engine/v1/worker-actions/runs/changes",
            "POST /engine/v1/dev/dequeue",
            "POST /engine/v1/dev/runs/changes",
            "POST /api/dashboard/v1/logout",
            "DELETE /api/dashboard/v1/account/sessions",
            "PUT /api/dashboard/v1/account/password",
            "GET /api/dashboard/v1/environments/{environment}/events",
            "GET /api/dashboard/v1/environments/{environment}/runs/{run}/events");

    @Autowired
    private ApplicationContext server;

    @Autowired
    private Routes routes;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void nonsenseIsRefusedAtOnceAndInWords() throws InterruptedException {
        long seed = Long.getLong("runyard.fuzz.seed", 20_261_121L);
        Callers callers = new Callers(server, anonymous(), bootstrapFile("worker-token"));
        List<Caller> all = callers.all().stream()
                .filter(caller -> caller.kind() != Kind.NOTHING || caller.name().equals("nothing"))
                .toList();
        List<Route> targets = routes.all().stream()
                .filter(route -> !LEFT_OUT.contains(route.toString()))
                .toList();
        Set<String> reached = new HashSet<>();
        AtomicInteger sent = new AtomicInteger();
        try (HttpClient client = HttpClient.newHttpClient();
                ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            Random random = new Random(seed);
            for (int i = 0; i < REQUESTS; i++) {
                Route route = targets.get(i % targets.size());
                reached.add(route.toString());
                Nonsense nonsense = new Nonsense(random.nextLong(), callers);
                Caller caller = nonsense.fitting(route, all);
                HttpRequest request = nonsense.request(route, caller);
                senders.execute(() -> {
                    send(client, route, caller, request);
                    sent.incrementAndGet();
                });
            }
        }

        assertThat(failures).as("seed " + seed).isEmpty();
        assertThat(sent).hasValue(REQUESTS);
        assertThat(reached).hasSameSizeAs(targets);
        assertThat(api("prod").get("/health/ready").status()).isEqualTo(200);
    }

    /// A machine that does other work may be slow once; a request that hangs, hangs each time.
    private void send(HttpClient client, Route route, Caller caller, HttpRequest request) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                check(client.send(request, BodyHandlers.ofString()), route, caller, request);
                return;
            } catch (HttpTimeoutException e) {
                if (attempt == TRIES) {
                    note(route + " with " + caller + " did not answer within " + PATIENCE + ": " + request.uri());
                }
            } catch (IOException _) {
                // A body that is too large may end the connection; what matters is that the server lives on.
                return;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void check(HttpResponse<String> answer, Route route, Caller caller, HttpRequest request) {
        if (answer.statusCode() >= 500) {
            note(route + " with " + caller + " answered " + answer.statusCode() + ": " + request.uri() + " "
                    + Nonsense.shown(request) + " → " + answer.body());
        } else if (answer.statusCode() >= 400
                && STACK_TRACE.matcher(answer.body()).find()) {
            note(route + " with " + caller + " shows its inside: " + answer.body());
        }
    }

    private void note(String failure) {
        if (failures.size() < 100) {
            failures.add(failure.length() > 1_500 ? failure.substring(0, 1_500) : failure);
        }
    }

    static HttpRequest.Builder to(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE);
    }

    static HttpRequest.BodyPublisher body(byte[] bytes) {
        return bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes);
    }
}
