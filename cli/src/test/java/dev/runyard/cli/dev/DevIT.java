package dev.runyard.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runyard.cli.CommandFailure;
import dev.runyard.junit.EmbeddedRunyard;
import dev.runyard.junit.RunyardTest;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions against a live server, with sources that change under them.
@RunyardTest
class DevIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final TaskReference<String, String> GREET = TaskReference.to("greet", String.class, String.class);

    private final EmbeddedRunyard server;

    @TempDir
    Path folder;

    DevIT(EmbeddedRunyard server) {
        this.server = server;
    }

    @Test
    void executesWhatWasSavedLast() throws Exception {
        String key = server.secretKey();
        save(folder, "Hello, ");
        try (Session session = new Session(project(folder), target(key), options());
                Runyard client = client(key)) {
            session.await("ready ");
            assertThat(greet(client, "Ada")).isEqualTo("Hello, Ada");
            session.await("greet  info  greeting Ada");
            session.await("greet  succeeded");

            save(folder, "Bye, ");
            session.await("reloaded ");
            assertThat(greet(client, "Ada")).isEqualTo("Bye, Ada");

            Files.writeString(folder.resolve("src/shop/Greetings.java"), "no Java");
            session.await("the version before goes on");
            assertThat(session.output()).contains("Greetings.java:1: ");
            assertThat(greet(client, "Bob")).isEqualTo("Bye, Bob");
        }
    }

    /// A run keeps the code that it began with, although it goes on after a reload.
    @Test
    void letsARunGoOnWithItsOwnVersion() throws Exception {
        String key = server.secretKey();
        save(folder, "old ");
        try (Session session = new Session(project(folder), target(key), options());
                Runyard client = client(key)) {
            session.await("ready ");
            RunHandle<String> waiting = client.trigger(GREET, "slowly");
            session.await("greet  info  greeting slowly");

            save(folder, "new ");
            session.await("reloaded ");
            Files.writeString(folder.resolve("go-on"), "");

            assertThat(waiting.await(PATIENCE).outputOrThrow()).isEqualTo("old slowly");
            assertThat(greet(client, "Ada")).isEqualTo("new Ada");
        }
    }

    @Test
    void keepsTheRunsOfTwoDevelopersApart() throws Exception {
        String ann = new FindDevTarget(URI.create(server.url()))
                .find(SignedIn.personalToken(server), "proj_runyarddefault00000", null, folder)
                .key();
        String bob = server.secretKey();
        assertThat(ann).isNotEqualTo(bob);
        Path annsFolder = Files.createDirectories(folder.resolve("ann"));
        Path bobsFolder = Files.createDirectories(folder.resolve("bob"));
        save(annsFolder, "Ann greets ");
        save(bobsFolder, "Bob greets ");
        try (Session annsSession = new Session(project(annsFolder), target(ann), options());
                Session bobsSession = new Session(project(bobsFolder), target(bob), options());
                Runyard annsClient = client(ann);
                Runyard bobsClient = client(bob)) {
            annsSession.await("ready ");
            bobsSession.await("ready ");

            for (int i = 0; i < 5; i++) {
                assertThat(greet(annsClient, "you")).isEqualTo("Ann greets you");
                assertThat(greet(bobsClient, "you")).isEqualTo("Bob greets you");
            }
        }
    }

    @Test
    void watchesClassesThatAnotherToolCompiles() throws Exception {
        String key = server.secretKey();
        Path classes = Files.createDirectories(folder.resolve("classes"));
        save(folder, "first ");
        compile(folder, classes);
        try (Session session =
                        new Session(new ClassFolders(List.of(classes), Dependencies.all()), target(key), options());
                Runyard client = client(key)) {
            session.await("ready ");
            assertThat(greet(client, "Ada")).isEqualTo("first Ada");

            save(folder, "second ");
            compile(folder, classes);
            session.await("reloaded ");
            Awaitility.await().atMost(PATIENCE).until(() -> greet(client, "Ada").equals("second Ada"));
        }
    }

    @Test
    void letsADebuggerAttach() throws Exception {
        int port = freePort();
        save(folder, "Hello, ");
        try (Session session = new Session(project(folder), target(server.secretKey()), new DevOptions(port, 2))) {
            session.await("ready ");
            try (Socket debugger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                debugger.setSoTimeout(20_000);
                debugger.getOutputStream().write("JDWP-Handshake".getBytes(StandardCharsets.US_ASCII));
                assertThat(debugger.getInputStream().readNBytes(14)).asString().isEqualTo("JDWP-Handshake");
            }
        }
    }

    @Test
    void refusesTheKeyOfAnotherEnvironment() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() ->
                        new FindDevTarget(URI.create(server.url())).find(null, null, server.secretKey("prod"), folder))
                .withMessageContaining("not that of a development environment");
    }

    private static String greet(Runyard client, String name) {
        return client.trigger(GREET, name).await(PATIENCE).outputOrThrow();
    }

    /// The task named "slowly" ends when a file appears, which no clock decides.
    private static void save(Path project, String greeting) throws IOException {
        Path file = project.resolve("src/shop/Greetings.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                package shop;

                import dev.runyard.sdk.Task;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.util.concurrent.locks.LockSupport;

                public final class Greetings {
                    public static final Task<String, String> GREET = Task.define("greet")
                            .input(String.class)
                            .output(String.class)
                            .run((name, context) -> {
                                context.logger().info("greeting " + name);
                                while (name.equals("slowly") && !Files.exists(Path.of("%s"))) {
                                    LockSupport.parkNanos(20_000_000);
                                }
                                return Texts.greeting() + name;
                            });
                }
                """.formatted(project.resolve("go-on").toAbsolutePath()));
        Files.writeString(
                project.resolve("src/shop/Texts.java"),
                "package shop;\nfinal class Texts {\n    static String greeting() { return \"" + greeting
                        + "\"; }\n}\n");
    }

    private static void compile(Path project, Path classes) {
        assertThat(new CompileSources(Dependencies.all()).compile(List.of(project.resolve("src")), classes))
                .isInstanceOf(Compiled.Done.class);
    }

    private static DevProject project(Path folder) {
        return new SourceFolders(List.of(folder.resolve("src")), List.of(), Dependencies.all());
    }

    private DevTarget target(String key) {
        return new DevTarget(URI.create(server.url()), key, List.of());
    }

    private static DevOptions options() {
        return new DevOptions(null, 5);
    }

    private Runyard client(String key) {
        return Runyard.connect(ClientConfig.of(server.url(), key));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
