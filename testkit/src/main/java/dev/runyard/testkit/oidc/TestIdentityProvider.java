package dev.runyard.testkit.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An identity provider: as much of OpenID Connect as a code with PKCE needs, with a key pair of its own.
/// It holds callers to the protocol, and can be told to break it.
public final class TestIdentityProvider {
    public static final String CLIENT_ID = "runyard-test";
    public static final String CLIENT_SECRET = "not+to be/guessed";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final List<String> issued = new CopyOnWriteArrayList<>();
    private volatile IdTokenSigner signer = new IdTokenSigner(CLIENT_SECRET);
    private volatile Behavior behavior = new Behavior();

    /// What the provider does next; each test begins with one that does no wrong.
    public static final class Behavior {
        private Map<String, Object> person = Map.of("sub", "1");
        private Map<String, Object> userInfo = Map.of();
        private UnaryOperator<Map<String, Object>> change = claims -> claims;
        private IdTokenSigner.By by = IdTokenSigner.By.ITS_KEY;
        private @Nullable String error;
        private boolean isSilent;
        private boolean isSlow;
        private final CountDownLatch isOver = new CountDownLatch(1);

        /// Says who signs in, in the token.
        public Behavior as(Map<String, Object> claims) {
            person = claims;
            return this;
        }

        /// Says it where only the holder of an access token hears it.
        public Behavior tells(Map<String, Object> claims) {
            userInfo = claims;
            return this;
        }

        /// Changes the token before it is signed.
        public Behavior changes(UnaryOperator<Map<String, Object>> claims) {
            change = claims;
            return this;
        }

        public Behavior signs(IdTokenSigner.By by) {
            this.by = by;
            return this;
        }

        /// Sends people back with an error.
        public Behavior refuses(String code) {
            error = code;
            return this;
        }

        /// Answers nobody while it behaves like this.
        public Behavior isSlow() {
            isSlow = true;
            return this;
        }

        /// Ends every connection without an answer.
        public Behavior isSilent() {
            isSilent = true;
            return this;
        }
    }

    private TestIdentityProvider(HttpServer server) {
        this.server = server;
    }

    /// Starts one on a free port; it ends with the JVM.
    public static TestIdentityProvider start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            TestIdentityProvider provider = new TestIdentityProvider(server);
            server.createContext("/", provider::answer);
            server.setExecutor(Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("test-identity-provider").factory()));
            Thread.ofPlatform().daemon().start(server::start);
            return provider;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/acme";
    }

    /// Begins to behave anew.
    public Behavior behave() {
        behavior.isOver.countDown();
        behavior = new Behavior();
        return behavior;
    }

    /// Signs with another key from now on, which is the only one that it publishes.
    public void changeKeys() {
        signer = new IdTokenSigner(CLIENT_SECRET);
    }

    /// Lists the codes and tokens that were given out.
    public List<String> issued() {
        return issued;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Behavior now = behavior;
        try (exchange) {
            if (now.isSlow) {
                now.isOver.await();
            }
            if (now.isSilent || now.isSlow) {
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/acme/.well-known/openid-configuration" -> send(exchange, 200, description());
                case "/acme/keys" -> send(exchange, 200, signer.publicKeys());
                case "/acme/authorize" -> authorize(exchange, now);
                case "/acme/token" -> redeem(exchange, now);
                case "/acme/userinfo" -> tell(exchange, now);
                default -> send(exchange, 404, Map.of());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> description() {
        return Map.of(
                "issuer",
                issuer(),
                "authorization_endpoint",
                issuer() + "/authorize",
                "token_endpoint",
                issuer() + "/token",
                "userinfo_endpoint",
                issuer() + "/userinfo",
                "jwks_uri",
                issuer() + "/keys",
                "response_types_supported",
                List.of("code"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("RS256", "HS256", "none"));
    }

    /// A person would now type their password.
    private void authorize(HttpExchange exchange, Behavior now) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        boolean isRight = CLIENT_ID.equals(asked.get("client_id"))
                && "code".equals(asked.get("response_type"))
                && "S256".equals(asked.get("code_challenge_method"))
                && List.of(asked.getOrDefault("scope", "").split(" ")).contains("openid")
                && asked.keySet().containsAll(List.of("state", "nonce", "code_challenge", "redirect_uri"));
        if (!isRight) {
            send(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        String code = "code-" + UUID.randomUUID();
        issued.add(code);
        codes.put(code, asked);
        String answer = now.error == null ? "code=" + code : "error=" + encode(now.error);
        exchange.getResponseHeaders()
                .set("Location", asked.get("redirect_uri") + "?" + answer + "&state=" + encode(asked.get("state")));
        exchange.sendResponseHeaders(302, -1);
    }

    private void redeem(HttpExchange exchange, Behavior now) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String login = Base64.getEncoder()
                .encodeToString((encode(CLIENT_ID) + ":" + encode(CLIENT_SECRET)).getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + login).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        if (asked == null
                || !Objects.equals(asked.get("redirect_uri"), form.get("redirect_uri"))
                || !Objects.equals(asked.get("code_challenge"), hash(form.getOrDefault("code_verifier", "")))) {
            send(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        String token = signer.sign(now.change.apply(claims(asked, now)), now.by);
        String access = "access-" + UUID.randomUUID();
        issued.addAll(List.of(token, access));
        send(
                exchange,
                200,
                Map.of("access_token", access, "token_type", "Bearer", "expires_in", 300, "id_token", token));
    }

    private Map<String, Object> claims(Map<String, String> asked, Behavior now) {
        long second = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(now.person);
        claims.put("iss", issuer());
        claims.put("aud", CLIENT_ID);
        claims.put("iat", second);
        claims.put("exp", second + 300);
        claims.put("nonce", asked.getOrDefault("nonce", ""));
        return claims;
    }

    private void tell(HttpExchange exchange, Behavior now) throws IOException {
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (bearer == null || !issued.contains(bearer.replaceFirst("Bearer ", ""))) {
            send(exchange, 401, Map.of("error", "invalid_token"));
            return;
        }
        Map<String, Object> told = new LinkedHashMap<>(Map.of("sub", now.person.getOrDefault("sub", "")));
        told.putAll(now.userInfo);
        send(exchange, 200, told);
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// Reads the parameters of an address.
    public static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Arrays.stream(query == null ? new String[0] : query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> parameters.put(
                        URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return parameters;
    }

    private static String encode(@Nullable String text) {
        return URLEncoder.encode(text == null ? "" : text, StandardCharsets.UTF_8);
    }

    private static String hash(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Goes to the provider as a browser does and returns where that sends it, without the host.
    public static String follow(String address) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 302) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            URI back = URI.create(answer.headers().firstValue("location").orElseThrow());
            return back.getRawPath() + "?" + back.getRawQuery();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
