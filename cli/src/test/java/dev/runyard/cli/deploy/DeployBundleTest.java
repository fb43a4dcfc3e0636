package dev.runyard.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.deploy.DeployBundle.Deployed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deploys a bundle, whose indexer says what the test wants, to a server that keeps what it is sent.
class DeployBundleTest {
    private static final String HASH = "0123456789abcdef";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> statuses = new CopyOnWriteArrayList<>();
    private volatile String current = "";
    private volatile String finished = "";
    private HttpServer server = newServer();

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void makesABundleTheVersionThatNewRunsGet() throws IOException {
        Deployed deployed = deploy(bundle("System.out.println(\"" + document() + "\");"));
        assertThat(deployed).isEqualTo(new Deployed("20261121.1", 0, true, ""));
        assertThat(calls)
                .containsExactly(
                        "GET /api/v1/deployments/current ",
                        "POST /api/v1/deployments {\"contentHash\":\"" + HASH + "\",\"runtime\":\"java\"}",
                        "POST /api/v1/deployments/deployment_1/background-workers {\"localOnly\":true,\"metadata\":"
                                + document().replace("\\", "") + "}",
                        "POST /api/v1/deployments/deployment_1/finalize {\"imageReference\":\"bundle:/kept/" + HASH
                                + "\"}");
    }

    @Test
    void doesNotDeployTheSameContentTwice() throws IOException {
        current = "{\"version\":\"20261120.4\",\"imageReference\":\"bundle:/kept/" + HASH + "\"}";
        assertThat(deploy(bundle("System.out.println(\"" + document() + "\");")))
                .isEqualTo(new Deployed("20261120.4", 0, false, ""));
        assertThat(calls).hasSize(1);
    }

    @Test
    void tellsWhatTheServerForesees() throws IOException {
        finished = "{\"id\":\"deployment_1\",\"version\":\"20261121.1\",\"warning\":\"Nobody starts folders.\"}";
        assertThat(deploy(bundle("System.out.println(\"" + document() + "\");")).warning())
                .isEqualTo("Nobody starts folders.");
    }

    @Test
    void waitsUntilASupervisorHasStartedTheImage() throws IOException {
        statuses.addAll(List.of("DEPLOYING", "DEPLOYING", "DEPLOYED"));

        Deployed deployed =
                deploy(bundle("System.out.println(\"" + document() + "\");"), new Release(null, true, false));

        assertThat(deployed.isNew()).isTrue();
        assertThat(calls)
                .contains("POST /api/v1/deployments/deployment_1/finalize {\"imageReference\":\"bundle:/kept/" + HASH
                        + "\",\"checkImage\":true,\"skipPromotion\":true}");
        assertThat(calls.stream().filter(call -> call.startsWith("GET /api/v1/deployments/deployment_1")))
                .hasSize(3);
    }

    @Test
    void saysWhyTheImageDoesNotStart() throws IOException {
        statuses.add("FAILED\",\"errorData\":{\"message\":\"no such entry point\"},\"x\":\"");
        Path bundle = bundle("System.out.println(\"" + document() + "\");");

        assertThatThrownBy(() -> deploy(bundle, new Release(null, true, true)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("bundle:/kept/" + HASH)
                .hasMessageContaining("no such entry point");
    }

    @Test
    void doesNotWaitForSupervisorsForEver() throws IOException {
        statuses.add("DEPLOYING");
        Path bundle = bundle("System.out.println(\"" + document() + "\");");

        assertThatThrownBy(() -> deploy(bundle, new Release(null, true, true), new AwaitCheck(Duration.ZERO)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("No supervisor");
    }

    @Test
    void saysWhatTheIndexerComplainsOf() throws IOException {
        Path bundle = bundle("System.err.println(\"two tasks are called a\"); System.exit(1);");
        assertThatThrownBy(() -> deploy(bundle))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("two tasks are called a");
        assertThat(calls).isEmpty();
    }

    @Test
    void saysThatNoServerAnswers() throws IOException {
        Path bundle = bundle("System.out.println(\"" + document() + "\");");
        server.stop(0);
        assertThatThrownBy(() -> deploy(bundle))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("No server answers at http://127.0.0.1:");
    }

    private Deployed deploy(Path bundle) {
        return deploy(bundle, Release.AT_ONCE);
    }

    private Deployed deploy(Path bundle, Release release) {
        return deploy(bundle, release, new AwaitCheck());
    }

    private Deployed deploy(Path bundle, Release release, AwaitCheck awaitCheck) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new DeployBundle(new Target(url, "tr_prod_sample"), awaitCheck)
                .deploy(bundle, (_, hash) -> "bundle:/kept/" + hash, release);
    }

    private static String document() {
        return "{\\\"packageVersion\\\":\\\"1\\\",\\\"contentHash\\\":\\\"" + HASH + "\\\",\\\"tasks\\\":[]}";
    }

    /// Compiles a class with the indexer's name into a bundle.
    private Path bundle(String body) throws IOException {
        Path source = folder.resolve("src/Indexer.java");
        Files.createDirectories(source.getParent());
        Files.writeString(
                source,
                "package dev.runyard.runner; public class Indexer { public static void main(String[] a) { " + body
                        + " } }");
        Path classes = folder.resolve("classes");
        int code =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(code).isZero();
        Path jar = folder.resolve("bundle/lib/indexer.jar");
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("dev/runyard/runner/Indexer.class"));
            Files.copy(classes.resolve("dev/runyard/runner/Indexer.class"), out);
        }
        return folder.resolve("bundle");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        calls.add(exchange.getRequestMethod() + " " + path + " " + body);
        boolean isKnown = !path.endsWith("/current") || !current.isEmpty();
        String answer = path.endsWith("/current")
                ? isKnown ? current : "{\"error\":\"none\"}"
                : path.endsWith("/finalize") && !finished.isEmpty()
                        ? finished
                        : "{\"id\":\"deployment_1\",\"version\":\"20261121.1\",\"status\":\"" + status(exchange)
                                + "\"}";
        exchange.sendResponseHeaders(isKnown ? 200 : 404, answer.length());
        exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    /// How far the deployment is: the next of the given words, and then always the last one.
    private String status(HttpExchange exchange) {
        boolean isAsked = exchange.getRequestMethod().equals("GET");
        return isAsked && statuses.size() > 1
                ? statuses.removeFirst()
                : statuses.isEmpty() ? "DEPLOYING" : statuses.getFirst();
    }

    private static HttpServer newServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
