package dev.runyard.junit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// The server's process.
final class ServerJar implements AutoCloseable {
    private static final String PROPERTY = "runyard.server.jar";
    private static final String SUFFIX = "-app.jar";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path jar;
    private final Map<String, String> environment;
    private final URI readiness;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;

    ServerJar(Path jar, Map<String, String> environment, URI readiness, Path folder) {
        this.jar = jar;
        this.environment = environment;
        this.readiness = readiness;
        this.folder = folder;
    }

    /// Finds the executable jar: what the system property names, or the artifact `runyard-webapp` with the classifier
    /// `app` on the class path, or the build of this project above the working folder.
    static Path find() {
        String named = System.getProperty(PROPERTY);
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        return onClassPath()
                .or(ServerJar::inThisProject)
                .orElseThrow(() -> new IllegalStateException("""
                The server was not found. Add the artifact dev.runyard:runyard-webapp with the classifier app to the \
                tests' class path, or name its file with -D%s=….""".formatted(PROPERTY)));
    }

    private static Optional<Path> onClassPath() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> String.valueOf(entry.getFileName()).matches("runyard-webapp.*" + SUFFIX))
                .findFirst();
    }

    private static Optional<Path> inThisProject() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("webapp").resolve("target"))
                .filter(Files::isDirectory)
                .flatMap(ServerJar::jars)
                .findFirst();
    }

    private static Stream<Path> jars(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        Path log = folder.resolve("server.log");
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx384m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-jar",
                    jar.toString()));
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true);
            builder.redirectOutput(log.toFile());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("the server is ready; its log is " + log)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isReady(log));
    }

    private boolean isReady(Path log) {
        Process running = process;
        if (running == null || !running.isAlive()) {
            throw new IllegalStateException("the server ended; its log is " + log);
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(25, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
    }
}
