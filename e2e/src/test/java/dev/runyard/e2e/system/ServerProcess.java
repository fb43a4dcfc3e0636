package dev.runyard.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// One of our jars as a process that a test may kill and start again.
public final class ServerProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Path jar;
    private final Map<String, String> environment;
    private final URI readiness;
    private final Path log;
    private @Nullable Process process;

    public ServerProcess(String name, Path jar, Map<String, String> environment, URI readiness, Path log) {
        this.name = name;
        this.jar = jar;
        this.environment = environment;
        this.readiness = readiness;
        this.log = log;
    }

    /// Finds the executable jar of a module that was packaged before.
    public static Path jarOf(String module) {
        Path target = Path.of("..", module, "target").toAbsolutePath().normalize();
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no *-app.jar in " + target + "; package it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
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
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the process answers.
    public void awaitReady() {
        Awaitility.await(name + " is ready; its log is " + log)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(this::isReady);
    }

    private boolean isReady() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            throw new IllegalStateException(name + " ended; its log is " + log);
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Ends the process at once, as `kill -9` does.
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            awaitEnd(running, 20);
        }
    }

    /// Lets the process stand still, as if its machine had stopped, until [#resume()].
    public void pause() {
        signal("-STOP");
    }

    /// Lets a process that stands still go on.
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Process running = process;
        if (running == null || !running.isAlive()) {
            throw new IllegalStateException(name + " does not run");
        }
        try {
            Process kill = new ProcessBuilder("kill", signal, String.valueOf(running.pid())).start();
            if (!awaitEnd(kill, 5) || kill.exitValue() != 0) {
                throw new IllegalStateException(name + " could not be signalled");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null && running.isAlive()) {
            running.destroy();
            if (!awaitEnd(running, 25)) {
                running.destroyForcibly();
            }
        }
    }

    private static boolean awaitEnd(Process process, int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
