package dev.runyard.webapp.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.Routes;
import dev.runyard.webapp.auth.Routes.Route;
import dev.runyard.webapp.security.Callers.Caller;
import dev.runyard.webapp.security.Callers.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
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

    /// Routes that wait on purpose. A caller gives up long before they do.
    private static final Set<String> WAITING = Set.of(
            "POST /engine/v1/worker-actions/dequeue",
            "GET /engine/v1/worker-actions/deployments/{deployment}/dequeue",
            "POST /engine/v1/worker-actions/runs/changes",
            "POST /engine/v1/dev/dequeue",
            "POST /engine/v1/dev/runs/changes",
            "GET /api/dashboard/v1/environments/{environment}/events",
            "GET /api/dashboard/v1/environments/{environment}/runs/{run}/events");
    private static final int REQUESTS_OF_A_WAITING_ROUTE = 60;
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(400);
    /// Routes that end sessions: the caller's own, or those that the others need.
    private static final Set<String> ENDING = Set.of(
            "POST /api/dashboard/v1/logout",
            "DELETE /api/dashboard/v1/account/sessions",
            "PUT /api/dashboard/v1/account/password");

    @Autowired
    private ApplicationContext server;

    @Autowired
    private Routes routes;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void nonsenseIsRefusedAtOnceAndInWords() throws InterruptedException {
        long seed = Long.getLong("runyard.fuzz.seed", 20_261_121L);
        Callers callers = new Callers(server, anonymous(), bootstrapFile("worker-token"));
        List<Caller> all = senders(callers);
        List<Route> targets = routes.all().stream()
                .filter(route -> !WAITING.contains(route.toString()))
                .filter(route -> !ENDING.contains(route.toString()))
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

    @Test
    void routesThatWaitRefuseNonsenseAndLetGoOfCallersThatLeave() {
        Random random = new Random(Long.getLong("runyard.fuzz.seed", 20_261_121L));
        Callers callers = new Callers(server, anonymous(), bootstrapFile("worker-token"));
        List<Caller> all = senders(callers);
        List<Route> targets = routes.all().stream()
                .filter(route -> WAITING.contains(route.toString()))
                .toList();
        assertThat(targets).hasSize(WAITING.size());
        try (HttpClient client = HttpClient.newHttpClient();
                ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int i = 0; i < REQUESTS_OF_A_WAITING_ROUTE * targets.size(); i++) {
                Route route = targets.get(i % targets.size());
                Nonsense nonsense = new Nonsense(random.nextLong(), callers);
                Caller caller = nonsense.fitting(route, all);
                HttpRequest request = nonsense.request(route, caller);
                senders.execute(() -> sendAndLeave(client, route, caller, request));
            }
        }

        assertThat(failures).isEmpty();
        assertThat(api("prod").get("/health/ready").status()).isEqualTo(200);
    }

    /// Somebody whom the route does not let in has nothing to wait for.
    private void sendAndLeave(HttpClient client, Route route, Caller caller, HttpRequest request) {
        boolean mayWait = Nonsense.isWelcome(route, caller.kind());
        HttpRequest timed = HttpRequest.newBuilder(request, (_, _) -> true)
                .timeout(mayWait ? SHORT_PATIENCE : PATIENCE.multipliedBy(TRIES))
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(timed, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                boolean isStream =
                        answer.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
                String text = isStream ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                check(answer.statusCode(), text, new Sent(route, caller, request));
            }
        } catch (HttpTimeoutException _) {
            if (!mayWait) {
                note(route + " with " + caller + " was neither answered nor refused: " + request.uri());
            }
        } catch (IOException _) {
            // A body that is too large may end the connection; what matters is that the server lives on.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void routesThatEndSessionsTakeNonsenseForWhatItIs() {
        Random random = new Random(Long.getLong("runyard.fuzz.seed", 20_261_121L));
        Callers callers = new Callers(server, anonymous(), bootstrapFile("worker-token"));
        List<Route> targets = routes.all().stream()
                .filter(route -> ENDING.contains(route.toString()))
                .toList();
        assertThat(targets).hasSize(ENDING.size());
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < REQUESTS_OF_A_WAITING_ROUTE; i++) {
                Route route = targets.get(i % targets.size());
                Caller caller = callers.session();
                send(client, route, caller, new Nonsense(random.nextLong(), callers).request(route, caller));
            }
        }

        assertThat(failures).isEmpty();
    }

    private static List<Caller> senders(Callers callers) {
        return callers.all().stream()
                .filter(caller -> caller.kind() != Kind.NOTHING || caller.name().equals("nothing"))
                .toList();
    }

    /// A machine that does other work may be slow once; a request that hangs, hangs each time.
    private void send(HttpClient client, Route route, Caller caller, HttpRequest request) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                check(answer.statusCode(), answer.body(), new Sent(route, caller, request));
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

    private record Sent(Route route, Caller caller, HttpRequest request) {
        @Override
        public String toString() {
            return route + " with " + caller;
        }
    }

    private void check(int status, String body, Sent sent) {
        if (status >= 500) {
            note(sent + " answered " + status + ": " + sent.request().uri() + " " + Nonsense.shown(sent.request())
                    + " → " + body);
        } else if (status >= 400 && STACK_TRACE.matcher(body).find()) {
            note(sent + " shows its inside: " + body);
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
