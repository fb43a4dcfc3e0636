package dev.runyard.webapp.testing;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Reads a stream of server-sent events until it is closed.
public final class Events implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private Events() {}

    /// Opens a stream; returns once the server answered.
    public static Events open(Http http, String path) {
        Events events = new Events();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(http.baseUrl() + path));
        http.headers().forEach(request::header);
        CompletableFuture<HttpResponse<Stream<String>>> answer =
                events.client.sendAsync(request.build(), BodyHandlers.ofLines());
        HttpResponse<Stream<String>> response = answer.join();
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode());
        }
        Thread.ofVirtual().start(() -> events.read(response.body()));
        return events;
    }

    private void read(Stream<String> body) {
        try (body) {
            body.forEach(lines::add);
        } catch (UncheckedIOException _) {
            // The test closed the stream, or the server did.
        }
    }

    /// Returns what arrived, one element a line.
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
